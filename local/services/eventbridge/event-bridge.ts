import type { Host } from '../../wire/host';
import type { Access } from '../../wire/service';
import { Deliverer } from './deliverer';
import { RuleSchedules } from './rule-schedules';
import { EventBridgeStore } from './store';

/** What every action of EventBridge works with. */
export class EventBridge {
  readonly store: EventBridgeStore;
  readonly deliverer: Deliverer;
  readonly schedules: RuleSchedules;

  constructor(readonly host: Host) {
    this.store = new EventBridgeStore(host.journal);
    this.deliverer = new Deliverer(host, this.store);
    this.schedules = new RuleSchedules(host, this.store, this.deliverer);
    const createdAtMs = this.now();
    if (!this.store.findBus('default')) {
      this.store.addBus({ name: 'default', arn: this.busArn('default'), createdAtMs, modifiedAtMs: createdAtMs });
    }
  }

  /** Goes on with what an earlier process left: deliveries under way, and the schedules of rules. */
  resume(): void {
    this.schedules.resume();
    this.deliverer.resume();
  }

  now(): number {
    return this.host.kernel.clock.now();
  }

  busArn(name: string): string {
    return `arn:aws:events:${this.host.region}:${this.host.accountId}:event-bus/${name}`;
  }

  ruleArn(busName: string, name: string): string {
    const path = busName === 'default' ? name : `${busName}/${name}`;
    return `arn:aws:events:${this.host.region}:${this.host.accountId}:rule/${path}`;
  }

  /** The name of a bus, from what requests give: nothing, a name, an ARN. */
  busName(nameOrArn: string | undefined): string {
    if (!nameOrArn) return 'default';
    return nameOrArn.startsWith('arn:') ? nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1) : nameOrArn;
  }

  /** The access of an action on a rule; `member` is the one in which the request names it. */
  accessOnRule(action: string, member: 'Name' | 'Rule' = 'Name') {
    return (input: { EventBusName?: string; Name?: string; Rule?: string }): Access[] => [
      { action: `events:${action}`, resource: this.ruleArn(this.busName(input.EventBusName), input[member] ?? '') },
    ];
  }

  /** The access of an action on a bus that the request names in `Name` or `EventBusName`. */
  accessOnBus(action: string) {
    return (input: { EventBusName?: string; Name?: string }): Access[] => [
      { action: `events:${action}`, resource: this.busArn(this.busName(input.EventBusName ?? input.Name)) },
    ];
  }
}
