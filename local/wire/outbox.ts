/**
 * Owns what leaves the port: makes durable what the answers tell of, writes them, and does what was put off until they had left.
 * Refuses to keep an answer beyond the turn of the event loop that made it.
 *
 * Invariants
 * 1. Answers leave in the order in which they were given; work that was put off is done after all of them, in order.
 * 2. What cannot be written is answered as InternalFailure (500); nothing that an answer throws here ends the process.
 * 3. What an answer tells of is in the journal before the answer leaves. A journal that cannot be written ends the process.
 */
import type { ServerResponse } from 'node:http';
import { FORGETFUL_JOURNAL, type Journal } from '../kernel/journal';
import type { WireResponse } from './wire-request';

/** Answers that wait at most, so that the first of many requests is not kept back by all of them. */
const MOST_WAITING = 32;

const INTERNAL_FAILURE: WireResponse = { statusCode: 500, body: '{"__type":"InternalFailure"}' };

interface Waiting {
  readonly response: ServerResponse;
  readonly answer: WireResponse;
}

/**
 * The answers of one turn of the event loop, which leave together. A write wakes a client that sleeps, and that costs
 * more than the write itself: of answers that leave one by one each would wake it anew, a fifth of the CPU time of a
 * short request.
 */
export class Outbox {
  private waiting: Waiting[] = [];
  private work: (() => void)[] = [];
  private isPlanned = false;

  /** `warn` takes a line for the person who runs this. */
  constructor(
    private readonly warn: (line: string) => void,
    private readonly journal: Journal = FORGETFUL_JOURNAL,
  ) {}

  /** Sends an answer before this turn of the event loop is over. */
  send(response: ServerResponse, answer: WireResponse): void {
    this.waiting.push({ response, answer });
    // A journal takes whole turns only: what belongs together may be half done before the end of this one.
    if (this.waiting.length >= MOST_WAITING && !this.journal.isDurable) this.empty();
    else this.plan();
  }

  /** Answers InternalFailure for a defect of ours; says nothing to a client that has gone away. */
  fail(response: ServerResponse, error: unknown): void {
    if (response.destroyed) return;
    this.warn(`the request ${response.req.method} ${response.req.url} could not be answered: ${error}`);
    if (!response.headersSent) write(response, INTERNAL_FAILURE);
  }

  /** Does `work` in this turn of the event loop, when its changes are durable and its answers have left. */
  afterAnswers(work: () => void): void {
    this.work.push(work);
    this.plan();
  }

  private plan(): void {
    if (this.isPlanned) return;
    this.isPlanned = true;
    setImmediate(() => {
      this.isPlanned = false;
      this.journal.commit();
      this.empty();
    });
  }

  private empty(): void {
    const { waiting, work } = this;
    this.waiting = [];
    this.work = [];
    for (const { response, answer } of waiting) this.sendNow(response, answer);
    for (const task of work) this.doNow(task);
  }

  private sendNow(response: ServerResponse, answer: WireResponse): void {
    if (response.destroyed) return;
    try {
      write(response, answer);
    } catch (error) {
      this.fail(response, error);
    }
  }

  private doNow(task: () => void): void {
    try {
      task();
    } catch (error) {
      this.warn(`what a request set going met a defect: ${error instanceof Error ? error.stack : error}`);
    }
  }
}

/**
 * Head and text leave in one piece: Node.js writes a string body together with the head, a Buffer apart from it. The head
 * is a list: a copy of the headers as an object costs 3 % of the CPU time of a short request.
 */
function write(response: ServerResponse, answer: WireResponse): void {
  const { headers, body = '' } = answer;
  const head: (string | number)[] = ['content-length', Buffer.byteLength(body)];
  for (const name in headers) head.push(name, headers[name]!);
  response.writeHead(answer.statusCode, head);
  response.end(body);
}
