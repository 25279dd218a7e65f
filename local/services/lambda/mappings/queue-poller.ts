/**
 * Owns an event source mapping from an SQS queue: receives as the function's role, gathers batches, invokes, deletes what was
 * processed. What was not is left to the queue's visibility timeout and its dead letter queue.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 *
 * Pace: one batch at a time for single messages, a second one beside it when batches come full. Another begins only when
 * the last has run for `STEP_MS` times the square of the batches under way, up to the concurrency of the mapping: messages
 * that wait meanwhile make the next batch larger, which is cheaper than another worker.
 */
import type { Timer } from '../../../kernel/clock';
import type { Caller } from '../../../wire/caller';
import type { TraceOrigin } from '../execution/invocation-trace';
import type { LambdaParts } from '../lambda-parts';
import type { EventSourceMapping } from '../model';
import { readBatchItemFailures } from './batch-item-failures';
import { passesFilters, readFilterPattern } from './filter-pattern';
import type { Poller } from './poller';
import { filterableMessage, queueRecord, type ReceivedMessage } from './queue-record';

const LONG_POLL_SECONDS = 20;
const RECEIVE_LIMIT = 10;
const STEP_MS = 50;
/** Without MaximumConcurrency; AWS begins with five and goes on to 1,250. */
const DEFAULT_CONCURRENCY = 10;
const BATCH_LIMIT_BYTES = 6 * 2 ** 20;
const FIRST_BACKOFF_MS = 1000;
const LONGEST_BACKOFF_MS = 60_000;

/** See the head of this file. */
export class QueuePoller implements Poller {
  private readonly abort = new AbortController();
  private readonly queueUrl: string;
  private readonly filters: ReturnType<typeof readFilterPattern>[];
  private isReceiving = false;
  private inFlight = 0;
  private lastStartMs = 0;
  private wasFull = false;
  private setbacks = 0;
  private notBeforeMs = 0;
  private timer?: Timer;
  private lastWarning = '';

  constructor(
    private readonly parts: LambdaParts,
    private readonly mapping: EventSourceMapping,
  ) {
    const [, , , , account, queue] = mapping.EventSourceArn.split(':');
    this.queueUrl = `${parts.host.endpoint()}/${account}/${queue}`;
    this.filters = mapping.filters.map(readFilterPattern);
  }

  start(): void {
    this.timer = this.clock.schedule(this.clock.now(), () => this.pump());
  }

  stop(): void {
    this.timer?.cancel();
    this.abort.abort();
  }

  private get clock() {
    return this.parts.host.kernel.clock;
  }

  private get isStopped(): boolean {
    return this.abort.signal.aborted;
  }

  /** Receives when it is time to, or comes back when it will be. */
  private pump(): void {
    this.timer?.cancel();
    this.timer = undefined;
    if (this.isStopped || this.isReceiving) return;
    const limit = this.mapping.MaximumConcurrency ?? DEFAULT_CONCURRENCY;
    if (this.inFlight >= limit) return;
    const patientUntilMs =
      this.inFlight >= (this.wasFull ? 2 : 1) ? this.lastStartMs + STEP_MS * this.inFlight ** 2 : 0;
    const atMs = Math.max(patientUntilMs, this.notBeforeMs);
    if (atMs > this.clock.now()) {
      this.timer = this.clock.schedule(atMs, () => this.pump());
      return;
    }
    this.isReceiving = true;
    this.gather()
      .then((messages) => {
        this.isReceiving = false;
        this.wasFull = messages.length >= Math.min(RECEIVE_LIMIT, this.mapping.BatchSize);
        this.beginAll(batchesOf(messages));
      })
      .catch((error: Error) => {
        this.isReceiving = false;
        if (!this.isStopped) this.setBack(`cannot be polled: ${error.message}`);
      })
      .finally(() => this.pump());
  }

  private async gather(): Promise<ReceivedMessage[]> {
    const { BatchSize, MaximumBatchingWindowInSeconds } = this.mapping;
    const messages = await this.receive(BatchSize, LONG_POLL_SECONDS, this.abort.signal);
    if (messages.length === 0 || MaximumBatchingWindowInSeconds === 0) return messages;
    const untilMs = this.clock.now() + MaximumBatchingWindowInSeconds * 1000;
    while (messages.length < BatchSize && this.clock.now() < untilMs && !this.isStopped) {
      const window = new AbortController();
      const timer = this.clock.schedule(untilMs, () => window.abort());
      const signal = AbortSignal.any([window.signal, this.abort.signal]);
      try {
        messages.push(...(await this.receive(BatchSize - messages.length, LONG_POLL_SECONDS, signal)));
      } catch (error) {
        if (!signal.aborted) throw error;
      } finally {
        timer.cancel();
      }
      if (window.signal.aborted) break;
    }
    return messages;
  }

  private async receive(most: number, WaitTimeSeconds: number, signal: AbortSignal): Promise<ReceivedMessage[]> {
    const answer = await this.parts.host.call(
      this.caller(),
      'sqs',
      'ReceiveMessage',
      {
        QueueUrl: this.queueUrl,
        MaxNumberOfMessages: Math.min(RECEIVE_LIMIT, most),
        WaitTimeSeconds,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      },
      signal,
    );
    return [...((answer?.Messages as ReceivedMessage[] | undefined) ?? [])];
  }

  /** Batches of a FIFO queue that were received together may hold messages of one group: they run one after another. */
  private beginAll(batches: ReceivedMessage[][]): void {
    if (this.mapping.EventSourceArn.endsWith('.fifo')) this.begin(batches);
    else for (const batch of batches) this.begin([batch]);
  }

  private begin(batches: ReceivedMessage[][]): void {
    if (batches.length === 0) return;
    this.inFlight++;
    this.lastStartMs = this.clock.now();
    this.processInOrder(batches)
      .catch((error: Error) => this.warn(`failed: ${error.message}`))
      .finally(() => {
        this.inFlight--;
        this.pump();
      });
  }

  /** Stops at a batch of which something is left: what follows must not overtake it. */
  private async processInOrder(batches: ReceivedMessage[][]): Promise<void> {
    for (const batch of batches) if (!(await this.process(batch))) return;
  }

  /** Whether the whole batch is done with. */
  private async process(batch: ReceivedMessage[]): Promise<boolean> {
    const wanted = batch.filter((message) => passesFilters(this.filters, filterableMessage(message)));
    if (wanted.length < batch.length) await this.delete(batch.filter((message) => !wanted.includes(message)));
    if (wanted.length === 0) return true;
    const { EventSourceArn, functionName, qualifier, ReportBatchItemFailures } = this.mapping;
    const payload = JSON.stringify({ Records: wanted.map((message) => queueRecord(message, EventSourceArn)) });
    const messageHeaders = wanted.flatMap(({ Attributes }) => Attributes?.AWSTraceHeader ?? []);
    const result = await this.invoke(functionName, qualifier, payload, { messageHeaders });
    if (!result || result.isError) return false;
    const identifiers = wanted.map(({ MessageId }) => MessageId);
    const failed = ReportBatchItemFailures ? readBatchItemFailures(result.payload, identifiers) : [];
    if (failed === 'all') return false;
    await this.delete(wanted.filter(({ MessageId }) => !failed.includes(MessageId)));
    return failed.length === 0;
  }

  private async invoke(functionName: string, qualifier: string | undefined, payload: string, traceOrigin: TraceOrigin) {
    const { host, store, invoker } = this.parts;
    try {
      const version = store.resolve({ functionName, qualifier }, host.kernel.random.next());
      const { reservedConcurrency } = store.function(functionName);
      const requestId = host.kernel.random.uuid();
      const result = await invoker.invoke({ version, qualifier, payload, requestId, traceOrigin, reservedConcurrency });
      this.setbacks = 0;
      store.setLastResult(this.mapping.UUID, result.isError ? 'PROBLEM: Function call failed' : 'OK');
      return result;
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      if (this.isStopped) return undefined;
      // A throttled batch goes back with the visibility timeout; Lambda slows its pollers down meanwhile.
      if (code === 'TooManyRequestsException') this.setBack(undefined);
      else this.setBack(`cannot invoke: ${message}`);
      return undefined;
    }
  }

  private async delete(messages: ReceivedMessage[]): Promise<void> {
    for (let i = 0; i < messages.length; i += RECEIVE_LIMIT) {
      const Entries = messages
        .slice(i, i + RECEIVE_LIMIT)
        .map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
      const input = { QueueUrl: this.queueUrl, Entries };
      const answer = await this.parts.host.call(this.caller(), 'sqs', 'DeleteMessageBatch', input);
      const [failed] = answer?.Failed ?? [];
      if (failed) this.warn(`could not delete a message: ${failed.Message ?? failed.Code}`);
    }
  }

  private caller(): Caller {
    const { store, invoker } = this.parts;
    return invoker.callerOf(store.function(this.mapping.functionName).latest);
  }

  private setBack(problem: string | undefined): void {
    const pauseMs = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.min(this.setbacks++, 10));
    this.notBeforeMs = this.clock.now() + pauseMs;
    if (problem) this.warn(problem);
  }

  private warn(problem: string): void {
    if (problem === this.lastWarning) return;
    this.lastWarning = problem;
    this.parts.store.setLastResult(this.mapping.UUID, `PROBLEM: ${problem}`);
    this.parts.host.warn(
      `lambda: event source ${this.mapping.EventSourceArn} of function ${this.mapping.functionName} ${problem}`,
    );
  }
}

/** Splits what was received so that no payload goes beyond Lambda's 6 MB. */
function batchesOf(messages: ReceivedMessage[]): ReceivedMessage[][] {
  const batches: ReceivedMessage[][] = [];
  let bytes = 0;
  for (const message of messages) {
    // JSON in JSON: quotes are escaped; attributes come on top.
    const size = Buffer.byteLength(JSON.stringify(message)) + 512;
    if (batches.length === 0 || bytes + size > BATCH_LIMIT_BYTES) {
      batches.push([]);
      bytes = 0;
    }
    batches.at(-1)!.push(message);
    bytes += size;
  }
  return batches;
}
