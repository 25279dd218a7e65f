/** Owns what mute rules hold back: while a window lasts, alarms change their states and do nothing about it. */
import type { Host } from '../../../wire/host';
import type { Alarm, AlarmState, MuteRule } from '../model';
import type { AlarmActions } from './alarm-actions';
import { addHeldBackHistory } from './alarm-history';
import type { AlarmStore } from './alarm-store';
import { windowAt } from './mute-window';

/** The rules that mute alarms. */
export class MuteRules {
  private isStopped = false;

  constructor(
    private readonly host: Host,
    private readonly store: AlarmStore,
    private readonly actions: AlarmActions,
  ) {}

  /** Makes or replaces a rule. What the former one held back is let go where the new one does not hold it. */
  put(rule: MuteRule): void {
    const { muted = {} } = this.store.muteRules.get(rule.name) ?? {};
    this.store.muteRules.set(rule.name, rule);
    this.letGo(muted);
  }

  /** Deletes a rule: what it held back is done now. */
  delete(name: string): void {
    const rule = this.store.muteRules.get(name);
    this.store.muteRules.delete(name);
    if (rule) this.letGo(rule.muted);
  }

  /** Carries out what an alarm does, unless a rule mutes it now. */
  act(alarm: Alarm, previous: AlarmState): void {
    const nowMs = this.now();
    const active = this.activeFor(alarm.AlarmName, nowMs);
    if (!active) {
      this.actions.run(alarm, previous);
      return;
    }
    const { rule, endMs } = active;
    const muted = { ...rule.muted, [alarm.AlarmName]: rule.muted[alarm.AlarmName] ?? previous };
    this.store.muteRules.set(rule.name, { ...rule, muted });
    addHeldBackHistory(this.store, alarm, `Actions muted by ${rule.name}`, nowMs);
    this.plan(rule.name, endMs);
  }

  /** Lets go what windows held back that ended meanwhile, and waits for the end of the others. */
  resume(): void {
    for (const rule of this.store.muteRules.values()) {
      if (Object.keys(rule.muted).length === 0) continue;
      this.plan(rule.name, windowAt(rule, this.now())?.endMs ?? this.now());
    }
  }

  stop(): void {
    this.isStopped = true;
  }

  private activeFor(alarmName: string, nowMs: number): { rule: MuteRule; endMs: number } | undefined {
    for (const rule of this.store.muteRules.values()) {
      const window = rule.alarmNames.includes(alarmName) ? windowAt(rule, nowMs) : undefined;
      if (window) return { rule, endMs: window.endMs };
    }
    return undefined;
  }

  private plan(name: string, endMs: number): void {
    this.host.kernel.clock.schedule(endMs, () => {
      const rule = this.store.muteRules.get(name);
      if (this.isStopped || !rule || windowAt(rule, this.now())) return;
      this.store.muteRules.set(name, { ...rule, muted: {} });
      this.letGo(rule.muted);
    });
  }

  /** Of alarms that are still in ALARM the actions are carried out, or held back by another rule. */
  private letGo(muted: MuteRule['muted']): void {
    for (const [name, previous] of Object.entries(muted)) {
      const alarm = this.store.alarm(name);
      if (alarm?.state.value === 'ALARM' && previous.value !== 'ALARM') this.act(alarm, previous);
    }
  }

  private now(): number {
    return this.host.kernel.clock.now();
  }
}
