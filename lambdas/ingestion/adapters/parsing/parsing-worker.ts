/** The function's side of a parsing thread: one document at a time, a deadline, and what its end means. */
import { Worker } from 'node:worker_threads';
import type { Clock } from '../../../shared/clock';
import { withDeadline } from '../../../shared/deadline';
import { DocumentRefused } from '../../contracts/errors';
import type { Block } from '../../domain/blocks';
import { PARSING_LIMITS } from './limits';
import { type FromThread, PARSING_ROLE, type ThreadFacts, type ThreadFormat, type ToThread } from './thread-protocol';

/** What a thread is started with. */
export interface ParsingWorkerProps {
  /** The JavaScript file that holds parsing-thread.ts: the function's own bundle. */
  readonly threadFile: string;
  readonly clock: Clock;
  readonly heapMb?: number;
}

/** A document for the thread. */
export interface ThreadDocument {
  readonly format: ThreadFormat;
  readonly bytes: Uint8Array;
  /** Milliseconds that parsing may take; what the reader of blocks takes does not count. */
  readonly timeLimitMs: number;
}

const START_LIMIT_MS = 20_000;

/**
 * One thread. Once it `isOver` it parses nothing more. The heap is capped; typed arrays lie outside of it, and are kept small by the
 * limits that are checked before a document is parsed.
 */
export class ParsingWorker {
  /** It died, hung, or was left in the middle of a document. */
  isOver = false;
  private readonly worker: Worker;
  private readonly clock: Clock;
  private readonly heapMb: number;
  private receive: ((message: FromThread) => void) | undefined;
  private fail: ((error: Error) => void) | undefined;
  private started: Promise<FromThread> | undefined;

  constructor({ threadFile, clock, heapMb = PARSING_LIMITS.heapMb }: ParsingWorkerProps) {
    this.clock = clock;
    this.heapMb = heapMb;
    this.worker = new Worker(threadFile, {
      workerData: { role: PARSING_ROLE },
      env: {},
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
    });
    // What libraries print is about the document and goes nowhere.
    this.worker.stdout.resume();
    this.worker.stderr.resume();
    this.worker.on('message', (message: FromThread) => this.receive?.(message));
    this.worker.on('error', (error: NodeJS.ErrnoException) => this.died(error));
    this.worker.on('exit', () => this.died(new Error('exited')));
    this.started = this.answer();
    this.started.catch(() => undefined);
  }

  /** Blocks of a document; its facts at the end. Throws DocumentRefused, or an Error when the thread did not start. */
  async *parse({ format, bytes, timeLimitMs }: ThreadDocument): AsyncGenerator<Block, ThreadFacts> {
    this.worker.ref();
    let isWhole = false;
    try {
      await this.start();
      let leftMs = timeLimitMs;
      let message: ToThread = { type: 'parse', format, bytes };
      for (;;) {
        const askedAt = this.clock.now();
        const answer = await this.ask(message, leftMs);
        leftMs -= this.clock.now() - askedAt;
        if (answer.type === 'refused') throw new DocumentRefused(answer.reason);
        if (answer.type !== 'batch') throw new Error(`The parsing thread answered ${answer.type}.`);
        yield* answer.blocks;
        isWhole = answer.facts !== undefined;
        if (answer.facts) return answer.facts;
        message = { type: 'next' };
      }
    } finally {
      // What a refused document has done to the thread is not known.
      if (!isWhole) this.end();
      this.worker.unref();
    }
  }

  /** Ends the thread, also in a busy loop. */
  end(): void {
    this.isOver = true;
    void this.worker.terminate();
  }

  private async start(): Promise<void> {
    const { started } = this;
    if (!started) return;
    try {
      await withDeadline(
        this.clock,
        START_LIMIT_MS,
        () => started,
        () => new Error('it took too long'),
      );
    } catch (error) {
      throw new Error(`The parsing thread did not start: ${(error as Error).message}`);
    }
    this.started = undefined;
  }

  private async ask(message: ToThread, leftMs: number): Promise<FromThread> {
    if (leftMs <= 0) throw tooSlow();
    const transferred = message.type === 'parse' ? [message.bytes.buffer as ArrayBuffer] : [];
    const asked = () => {
      const answer = this.answer();
      this.worker.postMessage(message, transferred);
      return answer;
    };
    try {
      return await withDeadline(this.clock, leftMs, asked, tooSlow);
    } catch (error) {
      if (error instanceof DocumentRefused) throw error;
      const isMemory = (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
      throw new DocumentRefused(
        isMemory
          ? `The document needs more than ${this.heapMb} MB of memory to be parsed.`
          : 'The document ended the thread that parsed it.',
      );
    }
  }

  private answer(): Promise<FromThread> {
    return new Promise((resolve, reject) => {
      this.receive = resolve;
      this.fail = reject;
      if (this.isOver) reject(new Error('over'));
    });
  }

  private died(error: Error): void {
    this.isOver = true;
    this.fail?.(error);
  }
}

function tooSlow(): DocumentRefused {
  return new DocumentRefused('The document took too long to be parsed.');
}
