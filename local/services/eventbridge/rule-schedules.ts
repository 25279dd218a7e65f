import type { Timer } from '../../kernel/clock';
import type { Host } from '../../wire/host';
import type { Deliverer } from './deliverer';
import type { Rule } from './model';
import { parseSchedule } from './schedule';
import type { EventBridgeStore } from './store';

/** Triggers rules that have a schedule, for as long as they are enabled. */
export class RuleSchedules {
  private readonly timers = new Map<string, Timer>();

  constructor(
    private readonly host: Host,
    private readonly store: EventBridgeStore,
    private readonly deliverer: Deliverer,
  ) {}

  /** To be called when a rule was put, enabled or disabled: its schedule starts anew. */
  changed(rule: Rule): void {
    this.removed(rule);
    if (!rule.scheduleExpression || rule.state !== 'ENABLED') return;
    const nowMs = this.host.kernel.clock.now();
    this.store.setScheduleStart(rule, nowMs);
    this.arm(rule, nowMs);
  }

  /** Arms the rules that an earlier process left. Times that passed meanwhile are not made up for. */
  resume(): void {
    for (const rule of this.store.rulesOf('default')) {
      if (rule.scheduleExpression && rule.state === 'ENABLED') this.arm(rule, rule.scheduleStartMs!);
    }
  }

  /** To be called when a rule is no more. */
  removed(rule: Rule): void {
    this.timers.get(rule.arn)?.cancel();
    this.timers.delete(rule.arn);
  }

  stop(): void {
    for (const timer of this.timers.values()) timer.cancel();
    this.timers.clear();
  }

  private arm(rule: Rule, startMs: number): void {
    const { clock, random } = this.host.kernel;
    const atMs = parseSchedule(rule.scheduleExpression!)(clock.now(), startMs);
    if (atMs === undefined) return;
    const timer = clock.schedule(atMs, () => {
      const current = this.store.findBus(rule.busName) && this.store.findRule(rule.busName, rule.name);
      if (!current) return;
      this.arm(current, startMs);
      this.deliverer.trigger(current, {
        version: '0',
        id: random.uuid(),
        'detail-type': 'Scheduled Event',
        source: 'aws.events',
        account: this.host.accountId,
        time: `${new Date(atMs).toISOString().slice(0, 19)}Z`,
        region: this.host.region,
        resources: [current.arn],
        detail: {},
      });
    });
    this.timers.set(rule.arn, timer);
  }
}
