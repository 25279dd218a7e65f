import type { Journal } from '../../kernel/journal';
import { resourceAlreadyExists, resourceNotFound } from './faults';
import { LogRecords } from './log-records';
import type { LogEvent, LogGroup, LogStream, MetricFilter } from './model';

/** What one group may hold, in bytes of messages; beyond it the oldest stream's events go first. */
export const GROUP_LIMIT_BYTES = 8 * 2 ** 20;
/** What CloudWatch Logs adds to each event when it counts bytes. */
const EVENT_OVERHEAD_BYTES = 26;
const DAY_MS = 86_400_000;

/**
 * All state of the embedded CloudWatch Logs, changed only by these methods and told to the journal by them. Memory is bounded: see
 * GROUP_LIMIT_BYTES.
 */
export class LogsStore {
  private readonly groups = new Map<string, LogGroup>();
  private readonly resourcePolicies = new Map<string, object>();
  private readonly records: LogRecords;
  private sequence = 0;

  constructor(journal: Journal) {
    this.records = new LogRecords(journal);
    const { groups, streams, events, policies } = this.records.restored();
    for (const group of groups) this.groups.set(group.name, { ...group, streams: new Map(), storedBytes: 0 });
    for (const { groupName, name, creationTime } of streams) {
      this.groups.get(groupName)?.streams.set(name, { name, creationTime, events: [], storedBytes: 0 });
    }
    for (const { groupName, streamName, events: kept, record } of events) {
      this.insertAll(
        groupName,
        streamName,
        kept.map((event) => ({ ...event, record })),
      );
    }
    for (const [name, document] of policies) this.resourcePolicies.set(name, document);
  }

  createGroup(group: Omit<LogGroup, 'streams' | 'metricFilters' | 'storedBytes'>): LogGroup {
    if (this.groups.has(group.name)) throw resourceAlreadyExists('group');
    const created: LogGroup = { ...group, streams: new Map(), metricFilters: new Map(), storedBytes: 0 };
    this.groups.set(group.name, created);
    this.records.putGroup(created);
    return created;
  }

  /** Throws ResourceNotFoundException. */
  group(name: string): LogGroup {
    const group = this.groups.get(name);
    if (!group) throw resourceNotFound('group');
    return group;
  }

  hasGroup(name: string): boolean {
    return this.groups.has(name);
  }

  /** Groups in order of their names. */
  listGroups(): LogGroup[] {
    return [...this.groups.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  deleteGroup(name: string): void {
    this.records.deleteGroup(this.group(name));
    this.groups.delete(name);
  }

  setRetention(name: string, retentionInDays: number | undefined): void {
    const group = this.group(name);
    group.retentionInDays = retentionInDays;
    this.records.putGroup(group);
  }

  setTags(name: string, tags: Record<string, string>): void {
    const group = this.group(name);
    group.tags = tags;
    this.records.putGroup(group);
  }

  setMetricFilter(groupName: string, filter: MetricFilter): void {
    const group = this.group(groupName);
    group.metricFilters.set(filter.filterName, filter);
    this.records.putGroup(group);
  }

  deleteMetricFilter(groupName: string, filterName: string): void {
    const group = this.group(groupName);
    if (!group.metricFilters.delete(filterName)) throw resourceNotFound('filter');
    this.records.putGroup(group);
  }

  setResourcePolicy(name: string, document: object): void {
    this.resourcePolicies.set(name, document);
    this.records.putPolicy(name, document);
  }

  removeResourcePolicy(name: string): void {
    this.resourcePolicies.delete(name);
    this.records.deletePolicy(name);
  }

  resourcePoliciesByName(): ReadonlyMap<string, object> {
    return this.resourcePolicies;
  }

  /** Policy documents by which services may write to the account's log groups. */
  listResourcePolicies(): object[] {
    return [...this.resourcePolicies.values()];
  }

  createStream(groupName: string, name: string, creationTime: number): LogStream {
    const { streams } = this.group(groupName);
    if (streams.has(name)) throw resourceAlreadyExists('stream');
    const stream: LogStream = { name, creationTime, events: [], storedBytes: 0 };
    streams.set(name, stream);
    this.records.putStream(groupName, stream);
    return stream;
  }

  /** Throws ResourceNotFoundException. */
  stream(groupName: string, name: string): LogStream {
    const stream = this.group(groupName).streams.get(name);
    if (!stream) throw resourceNotFound('stream');
    return stream;
  }

  deleteStream(groupName: string, name: string): void {
    const group = this.group(groupName);
    const stream = this.stream(groupName, name);
    group.storedBytes -= stream.storedBytes;
    group.streams.delete(name);
    this.records.deleteStream(groupName, stream);
  }

  /** Adds events, given in order of their timestamps, and drops what no longer fits or has expired. */
  append(
    groupName: string,
    streamName: string,
    events: readonly { timestamp: number; message: string }[],
    nowMs: number,
  ): void {
    const group = this.group(groupName);
    const stream = this.stream(groupName, streamName);
    const added = events.map(({ timestamp, message }) => {
      return { timestamp, message, ingestionTime: nowMs, sequence: this.sequence++ };
    });
    const record = this.records.putEvents(groupName, streamName, added);
    this.insertAll(groupName, streamName, record === undefined ? added : added.map((event) => ({ ...event, record })));
    stream.lastIngestionTime = nowMs;
    if (group.storedBytes > GROUP_LIMIT_BYTES) this.shrink(group);
  }

  private insertAll(groupName: string, streamName: string, events: readonly LogEvent[]): void {
    const group = this.groups.get(groupName);
    const stream = group?.streams.get(streamName);
    if (!group || !stream) return;
    for (const event of events) {
      insert(stream.events, event);
      const bytes = event.message.length + EVENT_OVERHEAD_BYTES;
      stream.storedBytes += bytes;
      group.storedBytes += bytes;
      stream.lastIngestionTime = event.ingestionTime;
      this.sequence = Math.max(this.sequence, event.sequence + 1);
    }
    stream.firstEventTimestamp = stream.events[0]?.timestamp;
    stream.lastEventTimestamp = stream.events.at(-1)?.timestamp;
  }

  /** Events of a stream that retention has not expired. */
  eventsOf(group: LogGroup, stream: LogStream, nowMs: number): readonly LogEvent[] {
    if (group.retentionInDays !== undefined) this.expire(group, stream, nowMs - group.retentionInDays * DAY_MS);
    return stream.events;
  }

  private expire(group: LogGroup, stream: LogStream, beforeMs: number): void {
    let count = 0;
    while (count < stream.events.length && stream.events[count]!.timestamp < beforeMs) count++;
    if (count > 0) this.drop(group, stream, count);
  }

  /** Drops events, those of the stream that was written to longest ago first, until a quarter of the limit is free. */
  private shrink(group: LogGroup): void {
    const streams = [...group.streams.values()].sort((a, b) => (a.lastIngestionTime ?? 0) - (b.lastIngestionTime ?? 0));
    for (const stream of streams) {
      let excess = group.storedBytes - GROUP_LIMIT_BYTES * 0.75;
      if (excess <= 0) return;
      let count = 0;
      for (const { message } of stream.events) {
        if (excess <= 0) break;
        excess -= message.length + EVENT_OVERHEAD_BYTES;
        count++;
      }
      this.drop(group, stream, count);
    }
  }

  private drop(group: LogGroup, stream: LogStream, count: number): void {
    let bytes = 0;
    const dropped = stream.events.splice(0, count);
    for (const { message } of dropped) bytes += message.length + EVENT_OVERHEAD_BYTES;
    this.records.drop(dropped);
    stream.storedBytes -= bytes;
    group.storedBytes -= bytes;
    stream.firstEventTimestamp = stream.events[0]?.timestamp;
  }
}

/** Nearly always at the end. */
function insert(events: LogEvent[], event: LogEvent): void {
  let index = events.length;
  while (index > 0 && events[index - 1]!.timestamp > event.timestamp) index--;
  if (index === events.length) events.push(event);
  else events.splice(index, 0, event);
}
