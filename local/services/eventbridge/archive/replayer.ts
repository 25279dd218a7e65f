/**
 * Owns replays: events of an archive go to the rules of its bus again, minute by minute of their own time, each minute in
 * a turn of its own. What has been replayed and how far a replay has come are durable together, so that a replay goes on
 * after the end of a process where it was.
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_StartReplay.html
 */
import type { Deliverer } from '../deliverer';
import type { EventNames } from '../event-names';
import { timeMs } from '../event-time';
import { constraint, validation } from '../faults';
import type { EventBridgeStore } from '../store';
import type { Archives } from './archives';
import { illegalStatus, replayAlreadyExists } from './faults';
import type { ArchivedEvent, Replay } from './model';

const MINUTE_MS = 60_000;

/** The input of StartReplay. */
export interface ReplayInput {
  readonly ReplayName?: string;
  readonly Description?: string;
  readonly EventSourceArn?: string;
  readonly EventStartTime?: number | string | Date;
  readonly EventEndTime?: number | string | Date;
  readonly Destination?: { readonly Arn?: string; readonly FilterArns?: readonly string[] };
}

/** Starts replays, takes them to their ends, and cancels them. */
export class Replayer {
  private isStopped = false;

  constructor(
    private readonly names: EventNames,
    private readonly events: EventBridgeStore,
    private readonly archives: Archives,
    private readonly deliverer: Deliverer,
  ) {}

  /** Throws ResourceNotFoundException, ResourceAlreadyExistsException, ValidationException. */
  start(input: ReplayInput): Replay {
    const { ReplayName: name, EventSourceArn: archiveArn = '', Destination: destination } = input;
    if (!name || !/^[.\-_A-Za-z0-9]{1,64}$/.test(name)) {
      throw constraint('replayName', name, 'satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+');
    }
    if (!/:archive\//.test(archiveArn)) {
      throw refusal('EventSourceArn', 'EventSourceArn must contain an archive ARN.');
    }
    const archive = this.archives.store.get(archiveArn.slice(archiveArn.lastIndexOf('/') + 1));
    const { Arn: busArn = '', FilterArns } = destination ?? {};
    if (!/:event-bus\//.test(busArn)) throw refusal('Destination.Arn', 'Must contain an event bus ARN.');
    this.events.bus(this.names.busName(busArn));
    if (busArn !== archive.busArn) throw refusal('Destination.Arn', 'Cross event bus replay is not permitted.');
    const [fromMs, untilMs] = [timeMs(input.EventStartTime), timeMs(input.EventEndTime)];
    if (fromMs === undefined) throw constraint('eventStartTime', undefined, 'not be null');
    if (untilMs === undefined) throw constraint('eventEndTime', undefined, 'not be null');
    if (fromMs >= untilMs) throw refusal('EventEndTime', 'EventStartTime must be before EventEndTime.');
    const nowMs = this.names.now();
    if (this.archives.store.findReplay(name, nowMs)) throw replayAlreadyExists(name);
    const replay: Replay = {
      name,
      arn: this.names.replayArn(name),
      description: input.Description,
      archiveArn: archive.arn,
      destination: { Arn: busArn, ...(FilterArns && { FilterArns }) },
      fromMs,
      untilMs,
      startedAtMs: nowMs,
      state: 'STARTING',
      nextMs: fromMs,
    };
    this.archives.store.putReplay(replay);
    this.schedule(name);
    return replay;
  }

  /** Throws ResourceNotFoundException, IllegalStatusException. */
  cancel(name: string): Replay {
    const replay = this.archives.store.replay(name, this.names.now());
    if (replay.state !== 'STARTING' && replay.state !== 'RUNNING') throw illegalStatus(name);
    return this.put({ ...replay, state: 'CANCELLING' });
  }

  /** Goes on with the replays that an earlier process left. */
  resume(): void {
    for (const { name, endedAtMs } of this.archives.store.allReplays(this.names.now())) {
      if (endedAtMs === undefined) this.schedule(name);
    }
  }

  stop(): void {
    this.isStopped = true;
  }

  private schedule(name: string): void {
    this.names.host.kernel.clock.schedule(this.names.now(), () => {
      if (!this.isStopped) this.step(name);
    });
  }

  /** One minute of events, or the end. */
  private step(name: string): void {
    const replay = this.archives.store.replay(name, this.names.now());
    if (replay.state === 'CANCELLING') {
      this.end(replay, 'CANCELLED');
      return;
    }
    const archiveName = replay.archiveArn.slice(replay.archiveArn.lastIndexOf('/') + 1);
    const busName = this.names.busName(replay.destination.Arn);
    if (!this.archives.store.find(archiveName) || !this.events.findBus(busName)) {
      this.end(replay, 'FAILED', 'The archive or the event bus was deleted.');
      return;
    }
    const waiting = this.archives.store.eventsOf(archiveName, this.names.now()).filter((archived) => {
      const atMs = timeOf(archived);
      return atMs >= replay.nextMs && atMs < replay.untilMs && archived.archivedAtMs <= replay.startedAtMs;
    });
    if (waiting.length === 0) {
      this.end(replay, 'COMPLETED');
      return;
    }
    const firstMs = Math.min(...waiting.map(timeOf));
    const nextMs = Math.floor(firstMs / MINUTE_MS) * MINUTE_MS + MINUTE_MS;
    const slice = waiting.filter((archived) => timeOf(archived) < nextMs);
    for (const { event } of slice) {
      this.deliverer.accept(busName, { ...event, 'replay-name': name }, { ruleArns: replay.destination.FilterArns });
    }
    this.put({ ...replay, state: 'RUNNING', nextMs, lastReplayedMs: Math.max(...slice.map(timeOf)) });
    this.schedule(name);
  }

  private end(replay: Replay, state: Replay['state'], stateReason?: string): void {
    this.put({ ...replay, state, stateReason, endedAtMs: this.names.now() });
  }

  private put(replay: Replay): Replay {
    this.archives.store.putReplay(replay);
    return replay;
  }
}

const timeOf = ({ event }: ArchivedEvent) => Date.parse(event.time);

const refusal = (member: string, reason: string) => validation(`Parameter ${member} is not valid. Reason: ${reason}`);
