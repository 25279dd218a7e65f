import type { ServerResponse } from 'node:http';
import type { WireResponse } from './wire-request';

/** Answers that wait at most, so that the first of many requests is not kept back by all of them. */
const MOST_WAITING = 32;

/**
 * Writes the answers of one turn of the event loop together, at its end. A client that sleeps is woken by an answer, and
 * that is the dearer half of a write: of answers that come one by one, each would wake it anew.
 */
export class Outbox {
  private waiting: { readonly response: ServerResponse; readonly answer: WireResponse }[] = [];

  /** Sends the answer before this turn of the event loop is over. */
  send(response: ServerResponse, answer: WireResponse): void {
    this.waiting.push({ response, answer });
    if (this.waiting.length === 1) setImmediate(() => this.empty());
    else if (this.waiting.length >= MOST_WAITING) this.empty();
  }

  private empty(): void {
    const { waiting } = this;
    this.waiting = [];
    for (const { response, answer } of waiting) write(response, answer);
  }
}

/** Head and text leave in one piece: Node.js writes a string body together with the head, a Buffer apart from it. */
function write(response: ServerResponse, answer: WireResponse): void {
  const { body = '' } = answer;
  const head: (string | number)[] = ['content-length', Buffer.byteLength(body)];
  for (const name in answer.headers) head.push(name, answer.headers[name]!);
  response.writeHead(answer.statusCode, head);
  response.end(body);
}
