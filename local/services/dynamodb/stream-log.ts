/**
 * Owns the records of one stream: a single shard that keeps 24 hours.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html
 *
 * Invariants
 * 1. Sequence numbers are dense and grow by one, so that a place in the stream is found without a search.
 * 2. A record is gone from the moment at which it is 24 hours old, whether or not anything is written.
 */
import { itemSizeBytes } from './attribute-value';
import type { DurableStream, DurableTables, KeptRecord } from './durable-tables';
import type { Item, StreamRecord, UserIdentity } from './model';

const RETENTION_MS = 24 * 60 * 60 * 1000;

/** What happened to one item. */
export interface ItemChange {
  readonly keys: Item;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
  readonly by?: UserIdentity;
}

/** The records of a stream. */
export class StreamLog {
  /** `records` are those that an earlier process left, the first one with the stream's `firstNumber`. */
  constructor(
    private stream: DurableStream,
    private readonly region: string,
    private readonly durable: DurableTables,
    private readonly records: KeptRecord[] = [],
  ) {}

  get arn() {
    return this.stream.arn;
  }

  get label() {
    return this.stream.label;
  }

  get viewType() {
    return this.stream.viewType;
  }

  get createdAtMs() {
    return this.stream.createdAtMs;
  }

  /** The one shard's id; a fixed one, since a stream's ARN already names the stream. */
  get shardId(): string {
    return `shardId-${String(this.createdAtMs).padStart(20, '0')}-00000001`;
  }

  get isOpen(): boolean {
    return !this.stream.isClosed;
  }

  /** The number that the next record will have. */
  get nextNumber(): number {
    return this.stream.firstNumber + this.records.length;
  }

  /** No record is added after this; what is there stays readable. */
  close(): void {
    this.change({ isClosed: true });
  }

  /** Takes the stream out of the journal, with its records. */
  forget(): void {
    for (let number = this.stream.firstNumber; number < this.nextNumber; number++) {
      this.durable.deleteRecord(this.arn, number);
    }
    this.durable.streams.delete(this.arn);
  }

  /** The number of the oldest record that is still kept. */
  oldestNumber(nowMs: number): number {
    let expired = 0;
    while (expired < this.records.length && this.records[expired]!.atMs <= nowMs - RETENTION_MS) expired++;
    if (expired > 0) {
      const { firstNumber } = this.stream;
      for (let number = firstNumber; number < firstNumber + expired; number++) {
        this.durable.deleteRecord(this.arn, number);
      }
      this.records.splice(0, expired);
      this.change({ firstNumber: firstNumber + expired });
    }
    return this.stream.firstNumber;
  }

  /** Adds the record of a change that changed something. `eventId` is 32 hexadecimal digits. */
  append(change: ItemChange, nowMs: number, eventId: string): void {
    const { keys, before, after } = change;
    const showsNew = this.viewType === 'NEW_IMAGE' || this.viewType === 'NEW_AND_OLD_IMAGES';
    const showsOld = this.viewType === 'OLD_IMAGE' || this.viewType === 'NEW_AND_OLD_IMAGES';
    const sizeBytes =
      itemSizeBytes(keys) +
      (showsNew && after ? itemSizeBytes(after) : 0) +
      (showsOld && before ? itemSizeBytes(before) : 0);
    const record: StreamRecord = {
      eventID: eventId,
      eventName: !before ? 'INSERT' : after ? 'MODIFY' : 'REMOVE',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: this.region,
      dynamodb: {
        ApproximateCreationDateTime: Math.floor(nowMs / 1000),
        Keys: keys,
        ...(showsNew && after ? { NewImage: after } : {}),
        ...(showsOld && before ? { OldImage: before } : {}),
        SequenceNumber: sequenceNumberText(this.nextNumber),
        SizeBytes: sizeBytes,
        StreamViewType: this.viewType,
      },
      ...(change.by ? { userIdentity: change.by } : {}),
    };
    this.oldestNumber(nowMs);
    const kept = { atMs: nowMs, record };
    this.durable.putRecord(this.arn, this.nextNumber, kept);
    this.records.push(kept);
  }

  /** Records from a number on: at most `limit`, at most 1 MB, at least one if there is one. */
  read(fromNumber: number, limit: number): StreamRecord[] {
    const start = Math.max(0, fromNumber - this.stream.firstNumber);
    const found: StreamRecord[] = [];
    let bytes = 0;
    for (let i = start; i < this.records.length && found.length < limit; i++) {
      const { record } = this.records[i]!;
      bytes += record.dynamodb.SizeBytes;
      if (found.length > 0 && bytes > 1024 * 1024) break;
      found.push(record);
    }
    return found;
  }

  private change(change: Partial<DurableStream>): void {
    this.stream = { ...this.stream, ...change };
    this.durable.streams.put(this.arn, this.stream);
  }
}

const SEQUENCE_DIGITS = 20;

/** A record's number as AWS writes sequence numbers: decimal text, of one length so that it also sorts as text. */
export function sequenceNumberText(number: number): string {
  return `1${String(number).padStart(SEQUENCE_DIGITS, '0')}`;
}

/** The number that a sequence number stands for, or undefined when it is not one of ours. */
export function sequenceNumberOf(text: string): number | undefined {
  return /^1\d{20}$/.test(text) ? Number(text.slice(1)) : undefined;
}
