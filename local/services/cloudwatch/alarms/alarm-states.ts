/**
 * Owns the change of an alarm's state and all that follows from it: history, actions, the event, and the composite alarms that
 * look at it.
 */
import type { Host } from '../../../wire/host';
import type { Alarm, AlarmState, StateValue } from '../model';
import { sendStateChange } from './alarm-events';
import { addStateHistory } from './alarm-history';
import type { AlarmStore } from './alarm-store';
import { parseCompositeRule } from './composite-rule';
import type { MuteRules } from './mute-rules';
import { timestamp } from './state-reason';
import { Suppression } from './suppression';

/** A state that an alarm comes to, and why. */
export interface NextState {
  readonly value: StateValue;
  readonly reason: string;
  readonly reasonData?: string;
  readonly atMs: number;
}

const WEEK_DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September'],
  ...['October', 'November', 'December'],
];

/** The states of all alarms. */
export class AlarmStates {
  readonly suppression: Suppression;

  constructor(
    private readonly host: Host,
    private readonly store: AlarmStore,
    private readonly mutes: MuteRules,
  ) {
    this.suppression = new Suppression(host, store, (alarm, previous) => mutes.act(alarm, previous));
  }

  /** Gives an alarm a state. What follows from another value is set going. */
  set(name: string, next: NextState, path: ReadonlySet<string> = new Set()): void {
    const before = this.store.alarm(name);
    if (!before) return;
    const { value, reason, reasonData, atMs } = next;
    const previous = before.state;
    const isChange = value !== previous.value;
    const transitionedMs = isChange ? atMs : previous.transitionedMs;
    const state: AlarmState = { ...previous, value, reason, reasonData, updatedMs: atMs, transitionedMs };
    const alarm: Alarm = { ...before, state };
    this.store.putAlarm(alarm);
    if (!isChange) return;
    addStateHistory(this.store, alarm, previous);
    if (alarm.kind === 'composite') this.suppression.stateChanged(alarm, previous);
    else this.mutes.act(alarm, previous);
    sendStateChange(this.host, this.store.alarm(name)!, previous);
    this.tellComposites(alarm, path);
  }

  /** Evaluates a composite alarm that was made or changed. */
  evaluateNew(alarm: Alarm, change: 'created' | 'updated'): void {
    const value = this.valueOf(alarm);
    if (value === alarm.state.value) return;
    const reason = `${alarm.AlarmArn} was ${change} and its alarm rule evaluates to ${value}`;
    this.set(alarm.AlarmName, { value, reason, atMs: this.host.kernel.clock.now() });
  }

  /** The composite alarms whose rules name an alarm, or which it suppresses. */
  dependents(child: Alarm): Alarm[] {
    return this.store.listAlarms().filter((alarm) => {
      if (alarm.kind !== 'composite') return false;
      const { AlarmRule, ActionsSuppressor } = alarm.properties;
      return [...parseCompositeRule(AlarmRule).children, ActionsSuppressor].some((name) => isNameOf(name, child));
    });
  }

  /** As on AWS, an evaluation that comes back to where it began stops there. */
  private tellComposites(child: Alarm, path: ReadonlySet<string>): void {
    const further = new Set([...path, child.AlarmName]);
    for (const { AlarmName } of this.dependents(child)) {
      const alarm = this.store.alarm(AlarmName)!;
      if (isNameOf(alarm.properties.ActionsSuppressor, child)) this.suppression.suppressorChanged(alarm, child);
      if (further.has(AlarmName)) continue;
      const value = this.valueOf(alarm);
      if (value === alarm.state.value) continue;
      this.set(AlarmName, { value, ...causedBy(child), atMs: child.state.updatedMs }, further);
    }
  }

  private valueOf({ properties }: Alarm): StateValue {
    const stateOf = (reference: string) => this.store.byNameOrArn(reference)?.state.value;
    return parseCompositeRule(properties.AlarmRule).holds(stateOf) ? 'ALARM' : 'OK';
  }
}

function isNameOf(reference: string | undefined, { AlarmName, AlarmArn }: Alarm): boolean {
  return reference === AlarmName || reference === AlarmArn;
}

function causedBy({ AlarmArn, state }: Alarm): { reason: string; reasonData: string } {
  const at = new Date(state.updatedMs);
  const day = String(at.getUTCDate()).padStart(2, '0');
  const date = `${WEEK_DAYS[at.getUTCDay()]} ${day} ${MONTHS[at.getUTCMonth()]}, ${at.getUTCFullYear()}`;
  const triggeringAlarms = [{ arn: AlarmArn, state: { value: state.value, timestamp: timestamp(state.updatedMs) } }];
  return {
    reason: `${AlarmArn} transitioned to ${state.value} at ${date} ${at.toISOString().slice(11, 19)} UTC`,
    reasonData: JSON.stringify({ triggeringAlarms }),
  };
}
