/**
 * Owns how an alarm suppresses the actions of a composite alarm: they wait for the suppressor to come, while it is in ALARM, and
 * for a while after. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Composite_Alarm_Suppression.html
 */
import type { Host } from '../../../wire/host';
import type { Alarm, AlarmState, HeldBack, SuppressedBy } from '../model';
import { sendStateChange, suppressedReason } from './alarm-events';
import { addHeldBackHistory } from './alarm-history';
import type { AlarmStore } from './alarm-store';

/** What composite alarms hold back. */
export class Suppression {
  private isStopped = false;

  /** `act` carries out what an alarm does when it has come from another state. */
  constructor(
    private readonly host: Host,
    private readonly store: AlarmStore,
    private readonly act: (alarm: Alarm, previous: AlarmState) => void,
  ) {}

  /** A composite alarm has another state: acts, or holds back. */
  stateChanged(alarm: Alarm, previous: AlarmState): void {
    const { ActionsSuppressor, ActionsSuppressorWaitPeriod } = alarm.properties;
    const suppressor = ActionsSuppressor && this.store.byNameOrArn(ActionsSuppressor);
    if (!suppressor) this.act(alarm, previous);
    else if (alarm.heldBack) this.holdBack(alarm, alarm.heldBack, previous.suppressedBy!);
    else if (suppressor.state.value === 'ALARM') this.holdBack(alarm, { actedIn: previous }, 'Alarm');
    else if (Number(ActionsSuppressorWaitPeriod) > 0) {
      const untilMs = alarm.state.updatedMs + Number(ActionsSuppressorWaitPeriod) * 1000;
      this.holdBack(alarm, { actedIn: previous, untilMs }, 'WaitPeriod');
    } else this.act(alarm, previous);
  }

  /** The alarm that suppresses a composite alarm has come to ALARM, or left it. */
  suppressorChanged(alarm: Alarm, suppressor: Alarm): void {
    const actedIn = alarm.heldBack?.actedIn ?? alarm.state;
    if (suppressor.state.value === 'ALARM') {
      this.holdBack(alarm, { actedIn }, 'Alarm');
      return;
    }
    if (!alarm.heldBack || alarm.state.suppressedBy !== 'Alarm') return;
    const extensionMs = Number(alarm.properties.ActionsSuppressorExtensionPeriod ?? 0) * 1000;
    this.holdBack(alarm, { actedIn, untilMs: suppressor.state.updatedMs + extensionMs }, 'ExtensionPeriod');
  }

  /** Waits again for what an earlier process held back. */
  resume(): void {
    for (const { AlarmName, heldBack } of this.store.listAlarms()) {
      if (heldBack?.untilMs !== undefined) this.plan(AlarmName, heldBack.untilMs);
    }
  }

  stop(): void {
    this.isStopped = true;
  }

  private holdBack(alarm: Alarm, heldBack: HeldBack, suppressedBy: SuppressedBy): void {
    this.store.putAlarm({ ...alarm, heldBack, state: { ...alarm.state, suppressedBy } });
    if (alarm.state.suppressedBy !== suppressedBy) {
      addHeldBackHistory(this.store, alarm, suppressedReason(suppressedBy), this.host.kernel.clock.now());
    }
    if (heldBack.untilMs !== undefined) this.plan(alarm.AlarmName, heldBack.untilMs);
  }

  private plan(name: string, atMs: number): void {
    this.host.kernel.clock.schedule(atMs, () => {
      const alarm = this.store.alarm(name);
      if (!this.isStopped && alarm?.heldBack?.untilMs === atMs) this.letGo(alarm, alarm.heldBack);
    });
  }

  /** Acts on the state that the alarm is in now, if it is another than it acted in last. */
  private letGo({ heldBack: _over, ...alarm }: Alarm, { actedIn }: HeldBack): void {
    const { suppressedBy: _by, ...state } = alarm.state;
    const free: Alarm = { ...alarm, state: { ...state, updatedMs: this.host.kernel.clock.now() } };
    this.store.putAlarm(free);
    if (state.value === actedIn.value) return;
    this.act(free, alarm.state);
    sendStateChange(this.host, free, alarm.state);
  }
}
