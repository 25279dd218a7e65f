/**
 * Owns an event source mapping from a DynamoDB stream: one batch of a shard at a time, in the stream's order, as the
 * function's role. What is done with is a checkpoint in the store.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
 */
import { AwsError } from '../../../wire/aws-error';
import type { LambdaParts } from '../lambda-parts';
import type { EventSourceMapping } from '../model';
import { passesFilters, readFilterPattern } from './filter-pattern';
import type { Poller } from './poller';
import { processStreamBatch, type StreamBatchContext } from './stream-batch';
import { type StreamRecord, streamEventRecord } from './stream-record';

/** AWS polls four times a second; ten keep a laptop's events quick. */
const POLL_MS = 100;
const SHARD_DISCOVERY_MS = 10_000;
const PROBLEM_PAUSE_MS = 1000;
const GET_RECORDS_LIMIT = 1000;
const BATCH_LIMIT_BYTES = 6 * 2 ** 20;

/** See the head of this file. */
export class StreamPoller implements Poller {
  private readonly filters: ReturnType<typeof readFilterPattern>[];
  private readonly shards = new Set<string>();
  private readonly wakers = new Set<() => void>();
  private isStopped = false;
  private lastWarning = '';

  constructor(
    private readonly parts: LambdaParts,
    private readonly mapping: EventSourceMapping,
  ) {
    this.filters = mapping.filters.map(readFilterPattern);
  }

  start(): void {
    void this.discoverShards();
  }

  stop(): void {
    this.isStopped = true;
    for (const wake of this.wakers) wake();
  }

  private async discoverShards(): Promise<void> {
    while (!this.isStopped) {
      try {
        const { StreamDescription } = await this.call('DescribeStream', { StreamArn: this.mapping.EventSourceArn });
        for (const { ShardId } of StreamDescription.Shards as { ShardId: string }[]) {
          if (this.shards.has(ShardId)) continue;
          this.shards.add(ShardId);
          void this.followShard(ShardId);
        }
      } catch (error) {
        this.warn(`cannot be polled: ${(error as Error).message}`);
        await this.pause(PROBLEM_PAUSE_MS);
        continue;
      }
      await this.pause(SHARD_DISCOVERY_MS);
    }
  }

  private async followShard(shardId: string): Promise<void> {
    let iterator: string | undefined;
    const buffer: StreamRecord[] = [];
    let bufferSinceMs = 0;
    const windowMs = this.mapping.MaximumBatchingWindowInSeconds * 1000;
    while (!this.isStopped) {
      try {
        iterator ??= await this.iteratorOf(shardId, buffer.at(-1)?.dynamodb.SequenceNumber);
        const Limit = Math.min(GET_RECORDS_LIMIT, this.mapping.BatchSize);
        const answer = await this.call('GetRecords', { ShardIterator: iterator, Limit });
        const records = answer.Records as StreamRecord[];
        iterator = answer.NextShardIterator as string | undefined;
        if (buffer.length === 0) bufferSinceMs = this.clock.now();
        buffer.push(...records);
        const isDue = buffer.length >= this.mapping.BatchSize || this.clock.now() - bufferSinceMs >= windowMs;
        if (buffer.length > 0 && (isDue || !iterator)) await this.process(shardId, buffer);
        if (!iterator) return;
        if (records.length < Limit) await this.pause(POLL_MS);
      } catch (error) {
        iterator = undefined;
        const code = error instanceof AwsError ? error.code : undefined;
        // The last record that was read is a day old and gone: what is still there is read from its beginning.
        if (code === 'TrimmedDataAccessException') this.parts.store.setCheckpoint(this.mapping.UUID, shardId, '');
        else if (code !== 'ExpiredIteratorException') this.warn(`cannot be polled: ${(error as Error).message}`);
        await this.pause(PROBLEM_PAUSE_MS);
      }
    }
  }

  private async process(shardId: string, buffer: StreamRecord[]): Promise<void> {
    while (buffer.length > 0 && !this.isStopped) {
      const taken = takeBatch(buffer, this.mapping.BatchSize);
      const wanted = taken.filter((record) =>
        passesFilters(this.filters, streamEventRecord(record, this.mapping.EventSourceArn)),
      );
      if (wanted.length > 0) await processStreamBatch(this.batchContext(shardId), wanted);
      if (this.isStopped) return;
      this.parts.store.setCheckpoint(this.mapping.UUID, shardId, taken.at(-1)!.dynamodb.SequenceNumber);
    }
  }

  private batchContext(shardId: string): StreamBatchContext {
    const { parts, mapping } = this;
    return {
      parts,
      mapping,
      shardId,
      isStopped: () => this.isStopped,
      pause: (durationMs) => this.pause(durationMs),
      done: (sequenceNumber) => parts.store.setCheckpoint(mapping.UUID, shardId, sequenceNumber),
      warn: (problem) => this.warn(problem),
    };
  }

  private async iteratorOf(ShardId: string, bufferedUpTo: string | undefined): Promise<string> {
    const { EventSourceArn, StartingPosition, checkpoints } = this.mapping;
    const SequenceNumber = bufferedUpTo ?? checkpoints[ShardId];
    const position =
      SequenceNumber === ''
        ? { ShardIteratorType: 'TRIM_HORIZON' }
        : SequenceNumber === undefined
          ? { ShardIteratorType: StartingPosition }
          : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber };
    const answer = await this.call('GetShardIterator', { StreamArn: EventSourceArn, ShardId, ...position });
    return answer.ShardIterator as string;
  }

  private call(action: string, input: object): Promise<any> {
    const { host, store, invoker } = this.parts;
    const caller = invoker.callerOf(store.function(this.mapping.functionName).latest);
    return host.call(caller, 'dynamodb', action, input);
  }

  private get clock() {
    return this.parts.host.kernel.clock;
  }

  private pause(durationMs: number): Promise<void> {
    if (this.isStopped) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        timer.cancel();
        this.wakers.delete(wake);
        resolve();
      };
      const timer = this.clock.schedule(this.clock.now() + durationMs, wake);
      this.wakers.add(wake);
    });
  }

  private warn(problem: string): void {
    if (problem === this.lastWarning || this.isStopped) return;
    this.lastWarning = problem;
    const { EventSourceArn, functionName, UUID } = this.mapping;
    this.parts.store.setLastResult(UUID, `PROBLEM: ${problem}`);
    this.parts.host.warn(`lambda: event source ${EventSourceArn} of function ${functionName} ${problem}`);
  }
}

/** Takes records off the front: as many as a batch may hold, by number and by size. */
function takeBatch(buffer: StreamRecord[], batchSize: number): StreamRecord[] {
  let count = 0;
  for (let bytes = 0; count < Math.min(buffer.length, batchSize); count++) {
    bytes += Buffer.byteLength(JSON.stringify(buffer[count])) + 256;
    if (bytes > BATCH_LIMIT_BYTES && count > 0) break;
  }
  return buffer.splice(0, count);
}
