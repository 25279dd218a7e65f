/**
 * Owns what the journal knows of logs: a record for each group, each stream, and the events of each request. A record of
 * events goes when the last of them is dropped.
 */
import type { Journal, JournalCollection } from '../../kernel/journal';
import type { EventRecord, GroupRecord, LogEvent, LogGroup, LogStream, StreamRecord } from './model';

/** The records of logs. */
export class LogRecords {
  private readonly groups: JournalCollection<GroupRecord>;
  private readonly streams: JournalCollection<StreamRecord>;
  private readonly events: JournalCollection<EventRecord>;
  private readonly policies: JournalCollection<object>;
  /** Events that each record still stands for. */
  private readonly living = new Map<string, number>();
  private readonly isDurable: boolean;

  constructor(journal: Journal) {
    this.isDurable = journal.isDurable;
    this.groups = journal.collection('logs.groups');
    this.streams = journal.collection('logs.streams');
    this.events = journal.collection('logs.events');
    this.policies = journal.collection('logs.resource-policies');
  }

  /** What an earlier process left, each kind in the order in which it was put. */
  restored() {
    return {
      groups: [...this.groups.restored()].map(([, group]) => group),
      streams: [...this.streams.restored()].map(([, stream]) => stream),
      events: this.restoredEvents(),
      policies: this.policies.restored(),
    };
  }

  putGroup({ streams: _streams, storedBytes: _bytes, ...group }: LogGroup): void {
    this.groups.put(group.name, group);
  }

  deleteGroup({ name, streams }: LogGroup): void {
    this.groups.delete(name);
    for (const stream of streams.values()) this.deleteStream(name, stream);
  }

  putStream(groupName: string, { name, creationTime }: LogStream): void {
    this.streams.put(`${groupName}:${name}`, { groupName, name, creationTime });
  }

  deleteStream(groupName: string, { name, events }: LogStream): void {
    this.streams.delete(`${groupName}:${name}`);
    this.drop(events);
  }

  /** Keeps the events of one request; gives the name of their record. */
  putEvents(groupName: string, streamName: string, events: EventRecord['events']): string | undefined {
    if (!this.isDurable || events.length === 0) return undefined;
    const record = String(events[0]!.sequence);
    this.events.put(record, { groupName, streamName, events });
    this.living.set(record, events.length);
    return record;
  }

  /** Events that are kept no longer. */
  drop(events: readonly LogEvent[]): void {
    for (const { record } of events) {
      if (record === undefined) continue;
      const left = this.living.get(record)! - 1;
      this.living.set(record, left);
      if (left > 0) continue;
      this.living.delete(record);
      this.events.delete(record);
    }
  }

  putPolicy(name: string, document: object): void {
    this.policies.put(name, document);
  }

  deletePolicy(name: string): void {
    this.policies.delete(name);
  }

  private *restoredEvents(): Iterable<EventRecord & { readonly record: string }> {
    for (const [record, value] of this.events.restored()) {
      this.living.set(record, value.events.length);
      yield { ...value, record };
    }
  }
}
