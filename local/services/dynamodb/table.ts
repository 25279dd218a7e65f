/**
 * Owns one table's data: items, index entries, streams, expiry reminders, and which items a transaction holds.
 * Everything that changes an item passes through {@link Table.write}.
 */
import type { Clock } from '../../kernel/clock';
import { itemSizeBytes } from './attribute-value';
import type { DurableStream, DurableTables, KeptRecord } from './durable-tables';
import { EntryCollection } from './entry-collection';
import { ExpirySchedule, isExpired } from './expiry-schedule';
import { identityOf, keyNames, keyOf, type Place, placeInIndex } from './key-schema';
import type { Entry, IndexDefinition, Item, StreamViewType, TableDefinition, UserIdentity } from './model';
import { StreamLog } from './stream-log';
import { itemsEqual } from './value-equality';

const TIME_TO_LIVE: UserIdentity = { Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com' };
const RETRY_HELD_MS = 1000;

/** What a table needs of its surroundings. */
export interface TableSurroundings {
  readonly clock: Clock;
  readonly region: string;
  readonly durable: DurableTables;
  /** 32 hexadecimal digits, never the same twice. */
  newEventId(): string;
}

/** An index with its entries. */
export interface TableIndex {
  readonly definition: IndexDefinition;
  readonly entries: EntryCollection;
}

/** What a write did to an index, for the capacity that it took. */
export interface IndexWrite {
  readonly index: IndexDefinition;
  readonly sizeBytes: number;
}

/** A table. */
export class Table {
  readonly items = new EntryCollection();
  readonly indexes = new Map<string, TableIndex>();
  /** Streams of this table, the current one last. Those that were switched off stay readable for 24 hours. */
  readonly streams: StreamLog[] = [];
  private readonly held = new Set<string>();
  private readonly expiry: ExpirySchedule;

  constructor(
    private current: TableDefinition,
    private readonly surroundings: TableSurroundings,
  ) {
    this.expiry = new ExpirySchedule(surroundings.clock, (place) => this.expire(place));
    for (const index of current.indexes) this.fillIndex(index);
  }

  get definition(): TableDefinition {
    return this.current;
  }

  /** Changes settings that have no effect on items: tags, protection, billing. */
  redefine(changes: Partial<TableDefinition>): void {
    this.current = { ...this.current, ...changes };
    this.surroundings.durable.definitions.put(this.current.name, this.current);
  }

  /** The stream that records changes now, if there is one. */
  get stream(): StreamLog | undefined {
    const latest = this.streams[this.streams.length - 1];
    return latest?.isOpen ? latest : undefined;
  }

  entry(place: Place): Entry | undefined {
    return this.items.get(place.hash, place.range);
  }

  /** True while a transaction holds the item. */
  isHeld(place: Place): boolean {
    return this.held.size > 0 && this.held.has(identityOf(place));
  }

  hold(place: Place): void {
    this.held.add(identityOf(place));
  }

  release(place: Place): void {
    this.held.delete(identityOf(place));
  }

  /**
   * Puts `after` in the place, or removes what is there; brings indexes, stream and expiry up to date.
   * The caller has validated the item, and owns it no longer. Answers what was written to indexes.
   */
  write(place: Place, after: Item | undefined, sizeBytes = after ? itemSizeBytes(after) : 0, by?: UserIdentity) {
    const before = this.entry(place);
    if (!before && !after) return [];
    this.setItem(place, after, sizeBytes);
    const indexWrites = this.indexes.size > 0 ? this.writeIndexes(place, before?.item, after) : [];
    const { timeToLiveAttribute, keys } = this.definition;
    if (after && timeToLiveAttribute) this.expiry.remember(place, after[timeToLiveAttribute]);
    // A write that changes nothing leaves no record.
    if (this.stream && !(before && after && itemsEqual(before.item, after))) {
      const change = { keys: keyOf(keys, (after ?? before?.item)!), before: before?.item, after, by };
      this.stream.append(change, this.surroundings.clock.now(), this.surroundings.newEventId());
    }
    return indexWrites;
  }

  /** Takes up an item that an earlier process left. */
  restore(entry: Entry): void {
    this.items.set(entry);
    if (this.indexes.size > 0) this.writeIndexes(entry, undefined, entry.item);
    const { timeToLiveAttribute } = this.definition;
    const { hash, range, item } = entry;
    if (timeToLiveAttribute) this.expiry.remember({ hash, range }, item[timeToLiveAttribute]);
  }

  /** Takes up a stream that an earlier process left. */
  restoreStream(stream: DurableStream, records: KeptRecord[]): void {
    this.streams.push(new StreamLog(stream, this.surroundings.region, this.surroundings.durable, records));
  }

  /** Adds an index and fills it from the items; those whose attribute has not the key's type stay out of it. */
  addIndex(index: IndexDefinition): void {
    this.redefine({ indexes: [...this.current.indexes, index] });
    this.fillIndex(index);
  }

  removeIndex(name: string): void {
    this.redefine({ indexes: this.current.indexes.filter((index) => index.name !== name) });
    this.indexes.delete(name);
  }

  /** Starts a stream; its ARN carries the moment. */
  openStream(viewType: StreamViewType): void {
    const nowMs = this.surroundings.clock.now();
    let label = new Date(nowMs).toISOString().replace('Z', '');
    while (this.streams.some((stream) => stream.label === label)) label = `${label}0`;
    const arn = `${this.definition.arn}/stream/${label}`;
    const { region, durable } = this.surroundings;
    const tableName = this.definition.name;
    const stream = { tableName, arn, label, viewType, createdAtMs: nowMs, isClosed: false, firstNumber: 1 };
    durable.streams.put(arn, stream);
    this.streams.push(new StreamLog(stream, region, durable));
  }

  /** Sets or clears the time-to-live attribute; items that have it already are taken up. */
  setTimeToLive(attribute: string | undefined): void {
    this.redefine({ timeToLiveAttribute: attribute });
    this.expiry.clear();
    if (!attribute) return;
    for (const entry of this.items.all()) {
      this.expiry.remember({ hash: entry.hash, range: entry.range }, entry.item[attribute]);
    }
  }

  /** Takes all of the table out of the journal. */
  forget(): void {
    const { durable } = this.surroundings;
    for (const entry of this.items.all()) durable.deleteItem(this.definition.name, entry);
    for (const stream of this.streams) stream.forget();
    durable.definitions.delete(this.definition.name);
  }

  /** Ends what would go on by itself. */
  close(): void {
    this.expiry.clear();
    this.stream?.close();
  }

  private setItem(place: Place, item: Item | undefined, sizeBytes: number): void {
    const { durable } = this.surroundings;
    if (item) {
      const entry = { hash: place.hash, range: place.range, tie: '', item, sizeBytes };
      this.items.set(entry);
      durable.putItem(this.definition.name, entry);
    } else {
      this.items.delete(place.hash, place.range);
      durable.deleteItem(this.definition.name, place);
    }
  }

  private fillIndex(definition: IndexDefinition): void {
    const index: TableIndex = { definition, entries: new EntryCollection() };
    this.indexes.set(definition.name, index);
    for (const entry of this.items.all()) this.writeIndex(index, entry, undefined, entry.item);
  }

  private writeIndexes(place: Place, before: Item | undefined, after: Item | undefined): IndexWrite[] {
    const writes: IndexWrite[] = [];
    for (const index of this.indexes.values()) {
      const sizeBytes = this.writeIndex(index, place, before, after);
      if (sizeBytes > 0) writes.push({ index: index.definition, sizeBytes });
    }
    return writes;
  }

  /** Answers the bytes written, or zero when the index did not change. */
  private writeIndex(index: TableIndex, place: Place, before: Item | undefined, after: Item | undefined): number {
    const { definition, entries } = index;
    const tie = identityOf(place);
    const oldPlace = before && placeInIndex(definition, before);
    const newPlace = after && placeInIndex(definition, after);
    const old = oldPlace && entries.get(oldPlace.hash, oldPlace.range, tie);
    if (old && (oldPlace.hash !== newPlace?.hash || oldPlace.range !== newPlace.range)) {
      entries.delete(old.hash, old.range, tie);
    }
    if (!newPlace) return old?.sizeBytes ?? 0;
    const item = this.projected(definition, after!);
    if (old && itemsEqual(old.item, item) && entries.get(newPlace.hash, newPlace.range, tie)) return 0;
    const sizeBytes = itemSizeBytes(item);
    entries.set({ hash: newPlace.hash, range: newPlace.range, tie, item, sizeBytes });
    return sizeBytes;
  }

  private projected(index: IndexDefinition, item: Item): Item {
    if (index.projection.kind === 'ALL') return item;
    const projected: Item = {};
    for (const name of projectedNames(index, this.definition)) if (item[name]) projected[name] = item[name]!;
    return projected;
  }

  private expire(place: Place): void {
    const attribute = this.definition.timeToLiveAttribute;
    const value = attribute && this.entry(place)?.item[attribute];
    const nowMs = this.surroundings.clock.now();
    if (!value || !isExpired(value, nowMs)) return;
    if (this.isHeld(place)) this.surroundings.clock.schedule(nowMs + RETRY_HELD_MS, () => this.expire(place));
    else this.write(place, undefined, 0, TIME_TO_LIVE);
  }
}

/** The attributes that an index with a limited projection carries. */
export function projectedNames(index: IndexDefinition, table: TableDefinition): Set<string> {
  const extra = index.projection.kind === 'INCLUDE' ? index.projection.attributes : [];
  return new Set([...keyNames(table.keys), ...keyNames(index.keys), ...extra]);
}
