/**
 * Owns what is told of an alarm's state to EventBridge and to functions.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html
 */
import type { Host } from '../../../wire/host';
import type { Alarm, AlarmState } from '../model';
import { alarmConfiguration } from './alarm-configuration';
import { timestamp } from './state-reason';

/** Tells the default bus that an alarm has another state. */
export function sendStateChange(host: Host, alarm: Alarm, previous: AlarmState): void {
  const { AlarmName, state } = alarm;
  putEvent(host, alarm, 'CloudWatch Alarm State Change', state.updatedMs, {
    alarmName: AlarmName,
    configuration: alarmConfiguration(alarm),
    previousState: stateOf(previous),
    state: stateOf(state),
  });
}

/** Tells the default bus that an alarm was made, changed or deleted. */
export function sendConfigurationChange(
  host: Host,
  alarm: Alarm,
  operation: 'create' | 'update' | 'delete',
  before?: Alarm,
): void {
  putEvent(host, alarm, 'CloudWatch Alarm Configuration Change', host.kernel.clock.now(), {
    alarmName: alarm.AlarmName,
    operation,
    configuration: fullConfiguration(alarm),
    ...(before && { previousConfiguration: fullConfiguration(before) }),
    state: stateOf(alarm.state),
  });
}

/** What a function is called with when an alarm acts. */
export function functionEvent({ accountId, region }: Host, alarm: Alarm, previous: AlarmState): object {
  const { AlarmName, AlarmArn, state } = alarm;
  return {
    source: 'aws.cloudwatch',
    alarmArn: AlarmArn,
    accountId,
    time: timestamp(state.updatedMs),
    region,
    alarmData: {
      alarmName: AlarmName,
      state: stateOf(state),
      previousState: stateOf(previous),
      configuration: alarmConfiguration(alarm),
    },
  };
}

function fullConfiguration(alarm: Alarm): object {
  const { ActionsEnabled = true, OKActions = [], AlarmActions = [], InsufficientDataActions = [] } = alarm.properties;
  return {
    alarmName: alarm.AlarmName,
    actionsEnabled: ActionsEnabled,
    okActions: OKActions,
    alarmActions: AlarmActions,
    insufficientDataActions: InsufficientDataActions,
    timestamp: timestamp(alarm.updatedMs),
    ...alarmConfiguration(alarm),
    ...ruleOf(alarm),
  };
}

function ruleOf({ kind, properties }: Alarm): object {
  if (kind === 'composite') return {};
  const { ComparisonOperator, EvaluationPeriods, DatapointsToAlarm, Threshold, TreatMissingData } = properties;
  return {
    comparisonOperator: ComparisonOperator,
    evaluationPeriods: EvaluationPeriods,
    ...(DatapointsToAlarm !== undefined && { datapointsToAlarm: DatapointsToAlarm }),
    threshold: Threshold,
    ...(TreatMissingData && { treatMissingData: TreatMissingData }),
  };
}

function stateOf({ value, reason, reasonData, updatedMs, suppressedBy }: AlarmState): object {
  return {
    value,
    reason,
    ...(reasonData && { reasonData }),
    timestamp: timestamp(updatedMs),
    ...(suppressedBy && {
      actionsSuppressedBy: suppressedBy,
      actionsSuppressedReason: suppressedReason(suppressedBy),
    }),
  };
}

/** In AWS's words. */
export function suppressedReason(by: NonNullable<AlarmState['suppressedBy']>): string {
  return `Actions suppressed by ${by}`;
}

function putEvent(host: Host, { AlarmArn }: Alarm, DetailType: string, atMs: number, detail: object): void {
  const { accountId } = host;
  const caller = {
    kind: 'service',
    principal: 'events.amazonaws.com',
    sourceArn: AlarmArn,
    accountId,
  } as const;
  const entry = {
    Source: 'aws.cloudwatch',
    DetailType,
    Resources: [AlarmArn],
    Time: Math.floor(atMs / 1000),
    Detail: JSON.stringify(detail),
  };
  host.call(caller, 'events', 'PutEvents', { Entries: [entry] }).catch((error) => {
    if (error.code !== 'UnknownOperationException')
      host.warn(`CloudWatch: an event of ${AlarmArn} is lost: ${error.message}`);
  });
}
