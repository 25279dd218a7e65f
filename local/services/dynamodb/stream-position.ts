import { expiredIterator, validationError } from './faults';

const VALIDITY_MS = 15 * 60 * 1000;

/** A place in a stream's shard, as a shard iterator carries it. */
export interface StreamPosition {
  readonly streamArn: string;
  readonly shardId: string;
  /** The number of the next record to read. */
  readonly nextNumber: number;
}

/** An iterator for a place; opaque to callers, and valid for fifteen minutes. */
export function iteratorOf(position: StreamPosition, nowMs: number): string {
  const content = JSON.stringify([position.streamArn, position.shardId, position.nextNumber, nowMs]);
  return `${position.streamArn}|1|${Buffer.from(content).toString('base64')}`;
}

/** The place that an iterator stands for. */
export function positionOf(iterator: unknown, nowMs: number): StreamPosition {
  const encoded = String(iterator).split('|')[2] ?? '';
  let content: unknown;
  try {
    content = JSON.parse(Buffer.from(encoded, 'base64').toString('utf8'));
  } catch {
    throw validationError('Invalid ShardIterator');
  }
  const [streamArn, shardId, nextNumber, createdAtMs] = content as [string, string, number, number];
  if (nowMs - createdAtMs > VALIDITY_MS) throw expiredIterator();
  return { streamArn, shardId, nextNumber };
}
