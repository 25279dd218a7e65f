import type { Archive, ArchivedEvent, Replay } from './model';

const seconds = (ms: number | undefined) => (ms === undefined ? undefined : ms / 1000);

/** An archive as ListArchives gives it, with what it holds. */
export function listedArchive(archive: Archive, events: readonly ArchivedEvent[]) {
  return {
    ArchiveName: archive.name,
    EventSourceArn: archive.busArn,
    State: 'ENABLED',
    RetentionDays: archive.retentionDays,
    SizeBytes: events.reduce((sum, { event }) => sum + Buffer.byteLength(JSON.stringify(event)), 0),
    EventCount: events.length,
    CreationTime: seconds(archive.createdAtMs),
  };
}

/** An archive as DescribeArchive gives it. */
export function describedArchive(archive: Archive, events: readonly ArchivedEvent[]) {
  const { arn, description, eventPattern } = archive;
  const listed = listedArchive(archive, events);
  return { ArchiveArn: arn, Description: description, EventPattern: eventPattern, ...listed };
}

/** A replay as ListReplays gives it. */
export function listedReplay(replay: Replay) {
  return {
    ReplayName: replay.name,
    EventSourceArn: replay.archiveArn,
    State: replay.state,
    StateReason: replay.stateReason,
    EventStartTime: seconds(replay.fromMs),
    EventEndTime: seconds(replay.untilMs),
    EventLastReplayedTime: seconds(replay.lastReplayedMs),
    ReplayStartTime: seconds(replay.startedAtMs),
    ReplayEndTime: seconds(replay.endedAtMs),
  };
}

/** A replay as DescribeReplay gives it. */
export function describedReplay(replay: Replay) {
  const { arn, description, destination } = replay;
  return { ReplayArn: arn, Description: description, Destination: destination, ...listedReplay(replay) };
}
