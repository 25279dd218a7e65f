/** Owns what DescribeAlarmHistory tells: changes of the configuration, changes of the state, actions. */
import type { Alarm, AlarmState, HistoryItem } from '../model';
import type { AlarmStore } from './alarm-store';
import { timestamp } from './state-reason';

/** Records that an alarm was made, changed or deleted. */
export function addConfigurationHistory(
  store: AlarmStore,
  alarm: Alarm,
  change: 'created' | 'updated' | 'deleted',
  atMs: number,
): void {
  const type = { created: 'Create', updated: 'Update', deleted: 'Delete' }[change];
  const member = { created: 'createdAlarm', updated: 'updatedAlarm', deleted: 'deletedAlarm' }[change];
  const described = { ...alarm.properties, AlarmName: alarm.AlarmName, AlarmArn: alarm.AlarmArn };
  add(store, alarm, atMs, 'ConfigurationUpdate', `Alarm "${alarm.AlarmName}" ${change}`, {
    version: '1.0',
    type,
    [member]: described,
  });
}

/** Records that an alarm has another state. */
export function addStateHistory(store: AlarmStore, alarm: Alarm, previous: AlarmState): void {
  const summary = `Alarm updated from ${previous.value} to ${alarm.state.value}`;
  add(store, alarm, alarm.state.updatedMs, 'StateUpdate', summary, {
    version: '1.0',
    oldState: stateOf(previous),
    newState: stateOf(alarm.state),
  });
}

/** An action that was carried out, or that failed. */
export interface DoneAction {
  readonly alarm: Alarm;
  readonly previous: AlarmState;
  readonly actionArn: string;
  readonly published?: string;
  readonly failure?: string;
}

/** Records an action. */
export function addActionHistory(store: AlarmStore, action: DoneAction, atMs: number): void {
  const { alarm, actionArn, published, failure } = action;
  const summary =
    failure === undefined
      ? `Successfully executed action ${actionArn}`
      : `Failed to execute action ${actionArn}. Received error: "${failure}"`;
  add(store, alarm, atMs, 'Action', summary, {
    actionState: failure === undefined ? 'Succeeded' : 'Failed',
    stateUpdateTimestamp: alarm.state.updatedMs,
    notificationResource: actionArn,
    ...(published !== undefined && { publishedMessage: published }),
    ...(failure !== undefined && { error: failure }),
  });
}

/** Records that actions were not carried out, and why. */
export function addHeldBackHistory(store: AlarmStore, alarm: Alarm, reason: string, atMs: number): void {
  add(store, alarm, atMs, 'Action', reason, { actionState: 'Suppressed', stateUpdateTimestamp: alarm.state.updatedMs });
}

/** An item as the API describes it. */
export function describeHistory({ atMs, ...item }: HistoryItem): object {
  return { ...item, Timestamp: atMs / 1000 };
}

function add(
  store: AlarmStore,
  { AlarmName, kind }: Alarm,
  atMs: number,
  HistoryItemType: HistoryItem['HistoryItemType'],
  HistorySummary: string,
  data: object,
): void {
  const AlarmType = kind === 'metric' ? 'MetricAlarm' : 'CompositeAlarm';
  store.addHistory({ AlarmName, AlarmType, atMs, HistoryItemType, HistorySummary, HistoryData: JSON.stringify(data) });
}

function stateOf({ value, reason, reasonData, updatedMs }: AlarmState): object {
  return {
    stateValue: value,
    stateReason: reason,
    ...(reasonData && { stateReasonData: parsed(reasonData) }),
    timestamp: timestamp(updatedMs),
  };
}

/** StateReasonData of SetAlarmState may be any text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
