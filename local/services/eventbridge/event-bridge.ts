import type { Host } from '../../wire/host';
import type { Access } from '../../wire/service';
import { ArchiveStore } from './archive/archive-store';
import { Archives } from './archive/archives';
import { Replayer } from './archive/replayer';
import { Deliverer } from './deliverer';
import { EventNames } from './event-names';
import { RuleSchedules } from './rule-schedules';
import { EventBridgeStore } from './store';

/** What every action of EventBridge works with. */
export class EventBridge extends EventNames {
  readonly store: EventBridgeStore;
  readonly deliverer: Deliverer;
  readonly schedules: RuleSchedules;
  readonly archives: Archives;
  readonly replayer: Replayer;

  constructor(host: Host) {
    super(host);
    this.store = new EventBridgeStore(host.journal);
    this.archives = new Archives(this, this.store, new ArchiveStore(host.journal));
    this.deliverer = new Deliverer(host, this.store, (name, event) => this.archives.take(name, event));
    this.replayer = new Replayer(this, this.store, this.archives, this.deliverer);
    this.schedules = new RuleSchedules(host, this.store, this.deliverer);
    const createdAtMs = this.now();
    if (!this.store.findBus('default')) {
      this.store.addBus({ name: 'default', arn: this.busArn('default'), createdAtMs, modifiedAtMs: createdAtMs });
    }
  }

  /** Goes on with what an earlier process left: deliveries and replays under way, and the schedules of rules. */
  resume(): void {
    this.schedules.resume();
    this.deliverer.resume();
    this.replayer.resume();
  }

  /** The access of an action on a rule; `member` is the one in which the request names it. */
  accessOnRule(action: string, member: 'Name' | 'Rule' = 'Name') {
    return (input: { EventBusName?: string; Name?: string; Rule?: string }): Access[] => [
      { action: `events:${action}`, resource: this.ruleArn(this.busName(input.EventBusName), input[member] ?? '') },
    ];
  }

  /** The access of an action on an archive. */
  accessOnArchive(action: string) {
    return ({ ArchiveName = '' }: { ArchiveName?: string }): Access[] => [
      { action: `events:${action}`, resource: this.archiveArn(ArchiveName) },
    ];
  }

  /** The access of an action on a replay. */
  accessOnReplay(action: string) {
    return ({ ReplayName = '' }: { ReplayName?: string }): Access[] => [
      { action: `events:${action}`, resource: this.replayArn(ReplayName) },
    ];
  }

  /** The access of an action on a bus that the request names in `Name` or `EventBusName`. */
  accessOnBus(action: string) {
    return (input: { EventBusName?: string; Name?: string }): Access[] => [
      { action: `events:${action}`, resource: this.busArn(this.busName(input.EventBusName ?? input.Name)) },
    ];
  }
}
