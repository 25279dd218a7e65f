/**
 * Owns archives, the events in them, and replays, each change told to the journal. Events that an archive has kept for
 * longer than it should are dropped when the archive is next looked at.
 */
import type { Journal, JournalCollection } from '../../../kernel/journal';
import { archiveDoesNotExist, replayDoesNotExist } from './faults';
import type { Archive, ArchivedEvent, Replay } from './model';

const DAY_MS = 86_400_000;

/** AWS forgets replays after 90 days. */
const REPLAY_MEMORY_MS = 90 * DAY_MS;

/** The archives and replays of one account and region. */
export class ArchiveStore {
  private readonly archives = new Map<string, { archive: Archive; events: Map<string, ArchivedEvent> }>();
  private readonly replays: Map<string, Replay>;
  private readonly archiveRecords: JournalCollection<Archive>;
  private readonly eventRecords: JournalCollection<ArchivedEvent>;
  private readonly replayRecords: JournalCollection<Replay>;

  constructor(journal: Journal) {
    this.archiveRecords = journal.collection('events.archives');
    this.eventRecords = journal.collection('events.archivedEvents');
    this.replayRecords = journal.collection('events.replays');
    for (const [name, archive] of this.archiveRecords.restored()) {
      this.archives.set(name, { archive, events: new Map() });
    }
    for (const [id, event] of this.eventRecords.restored()) {
      this.archives.get(event.archiveName)?.events.set(id, event);
    }
    this.replays = new Map(this.replayRecords.restored());
  }

  find(name: string): Archive | undefined {
    return this.archives.get(name)?.archive;
  }

  /** Throws ResourceNotFoundException. */
  get(name: string): Archive {
    return this.entry(name).archive;
  }

  /** By name. */
  all(): Archive[] {
    return [...this.archives.values()].map(({ archive }) => archive).sort(byName);
  }

  /** Adds an archive, or changes the one of that name; its events stay. */
  put(archive: Archive): void {
    const events = this.archives.get(archive.name)?.events ?? new Map();
    this.archives.set(archive.name, { archive, events });
    this.archiveRecords.put(archive.name, archive);
  }

  delete(name: string): void {
    for (const id of this.archives.get(name)?.events.keys() ?? []) this.eventRecords.delete(id);
    this.archives.delete(name);
    this.archiveRecords.delete(name);
  }

  addEvent(archived: ArchivedEvent): void {
    this.entry(archived.archiveName).events.set(archived.id, archived);
    this.eventRecords.put(archived.id, archived);
  }

  /** The events that an archive still holds, in the order in which they came. */
  eventsOf(name: string, nowMs: number): ArchivedEvent[] {
    const { archive, events } = this.entry(name);
    if (archive.retentionDays > 0) {
      for (const { id, archivedAtMs } of events.values()) {
        if (archivedAtMs + archive.retentionDays * DAY_MS > nowMs) break;
        events.delete(id);
        this.eventRecords.delete(id);
      }
    }
    return [...events.values()];
  }

  /** Throws ResourceNotFoundException. */
  replay(name: string, nowMs: number): Replay {
    const replay = this.findReplay(name, nowMs);
    if (!replay) throw replayDoesNotExist(name);
    return replay;
  }

  findReplay(name: string, nowMs: number): Replay | undefined {
    return this.allReplays(nowMs).find((replay) => replay.name === name);
  }

  /** By name. */
  allReplays(nowMs: number): Replay[] {
    for (const { name, endedAtMs } of this.replays.values()) {
      if (endedAtMs === undefined || endedAtMs + REPLAY_MEMORY_MS > nowMs) continue;
      this.replays.delete(name);
      this.replayRecords.delete(name);
    }
    return [...this.replays.values()].sort(byName);
  }

  putReplay(replay: Replay): void {
    this.replays.set(replay.name, replay);
    this.replayRecords.put(replay.name, replay);
  }

  private entry(name: string): { archive: Archive; events: Map<string, ArchivedEvent> } {
    const entry = this.archives.get(name);
    if (!entry) throw archiveDoesNotExist(name);
    return entry;
  }
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : 1;
}
