/**
 * Owns what of the tables is in the journal: definitions, items, streams and their records, tokens of transactions. Indexes and
 * reminders of expiry are not there: they follow from the items.
 */
import type { Journal, JournalCollection } from '../../kernel/journal';
import { identityOf, type Place } from './key-schema';
import type { Entry, Item, StreamRecord, StreamViewType, TableDefinition } from './model';

/** An item as the journal has it. */
interface DurableItem extends Place {
  readonly item: Item;
  readonly sizeBytes: number;
}

/** A stream without its records. */
export interface DurableStream {
  readonly tableName: string;
  readonly arn: string;
  readonly label: string;
  readonly viewType: StreamViewType;
  readonly createdAtMs: number;
  readonly isClosed: boolean;
  /** Of the oldest record that is kept, or of the next one. */
  readonly firstNumber: number;
}

/** A record of a stream, and when it was added. */
export interface KeptRecord {
  readonly atMs: number;
  readonly record: StreamRecord;
}

/** The journal's records of the service. */
export class DurableTables {
  /** Without a journal nothing is built that would be thrown away. */
  readonly isDurable: boolean;
  readonly definitions: JournalCollection<TableDefinition>;
  readonly streams: JournalCollection<DurableStream>;
  private readonly items: JournalCollection<DurableItem>;
  private readonly records: JournalCollection<KeptRecord>;

  constructor(journal: Journal) {
    this.isDurable = journal.isDurable;
    this.definitions = journal.collection('dynamodb.tables');
    this.items = journal.collection('dynamodb.items');
    this.streams = journal.collection('dynamodb.streams');
    this.records = journal.collection('dynamodb.streamRecords');
  }

  putItem(tableName: string, { hash, range, item, sizeBytes }: Entry): void {
    if (this.isDurable) this.items.put(itemKey(tableName, { hash, range }), { hash, range, item, sizeBytes });
  }

  deleteItem(tableName: string, place: Place): void {
    if (this.isDurable) this.items.delete(itemKey(tableName, place));
  }

  putRecord(streamArn: string, number: number, record: KeptRecord): void {
    if (this.isDurable) this.records.put(`${streamArn}#${number}`, record);
  }

  deleteRecord(streamArn: string, number: number): void {
    if (this.isDurable) this.records.delete(`${streamArn}#${number}`);
  }

  /** The items that earlier processes left, each with the name of its table. */
  *restoredItems(): Generator<readonly [tableName: string, entry: Entry]> {
    for (const [key, { hash, range, item, sizeBytes }] of this.items.restored()) {
      yield [key.slice(0, key.indexOf('\n')), { hash, range, tie: '', item, sizeBytes }];
    }
  }

  /** The records of streams that earlier processes left, by the ARN of their stream, in order. */
  restoredRecords(): Map<string, KeptRecord[]> {
    const found = new Map<string, KeptRecord[]>();
    for (const [key, record] of this.records.restored()) {
      const arn = key.slice(0, key.lastIndexOf('#'));
      const records = found.get(arn);
      if (records) records.push(record);
      else found.set(arn, [record]);
    }
    return found;
  }
}

function itemKey(tableName: string, place: Place): string {
  return `${tableName}\n${identityOf(place)}`;
}
