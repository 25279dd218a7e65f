/** Owns the message that an alarm publishes to a topic: its subject, and its body as CloudWatch writes it, JSON. */
import type { Host } from '../../../wire/host';
import type { MetricDataQuery } from '../metric-math/queries';
import type { Alarm, AlarmState } from '../model';
import { timestamp } from './state-reason';

const REGIONS: Readonly<Record<string, string>> = {
  'us-east-1': 'US East (N. Virginia)',
  'us-east-2': 'US East (Ohio)',
  'us-west-1': 'US West (N. California)',
  'us-west-2': 'US West (Oregon)',
  'ca-central-1': 'Canada (Central)',
  'eu-central-1': 'EU (Frankfurt)',
  'eu-west-1': 'EU (Ireland)',
  'eu-west-2': 'EU (London)',
  'eu-west-3': 'EU (Paris)',
  'eu-north-1': 'EU (Stockholm)',
  'ap-northeast-1': 'Asia Pacific (Tokyo)',
  'ap-southeast-1': 'Asia Pacific (Singapore)',
  'ap-southeast-2': 'Asia Pacific (Sydney)',
};
/** SNS takes no more. */
const SUBJECT_CHARACTERS = 100;

/** What SNS is given to publish. */
export function notification(host: Host, alarm: Alarm, previous: AlarmState): { Subject: string; Message: string } {
  const region = REGIONS[host.region] ?? host.region;
  const subject = `${alarm.state.value}: "${alarm.AlarmName}" in ${region}`;
  const Message = JSON.stringify(bodyOf(host, alarm, previous, region));
  return { Subject: subject.length > SUBJECT_CHARACTERS ? `${subject.slice(0, 97)}...` : subject, Message };
}

function bodyOf({ accountId }: Host, alarm: Alarm, previous: AlarmState, region: string): object {
  const { AlarmName, AlarmArn, kind, properties, state, updatedMs } = alarm;
  const { AlarmDescription = null, OKActions = [], AlarmActions = [], InsufficientDataActions = [] } = properties;
  const body = {
    AlarmName,
    AlarmDescription,
    AWSAccountId: accountId,
    AlarmConfigurationUpdatedTimestamp: timestamp(updatedMs),
    NewStateValue: state.value,
    NewStateReason: state.reason,
    StateChangeTime: timestamp(state.updatedMs),
    Region: region,
    AlarmArn,
    OldStateValue: previous.value,
    OKActions,
    AlarmActions,
    InsufficientDataActions,
  };
  if (kind === 'metric') return { ...body, Trigger: triggerOf(properties) };
  return { ...body, AlarmRule: properties.AlarmRule, TriggeringChildren: childrenOf(state) };
}

function triggerOf(properties: Alarm['properties']): object {
  const rule = {
    Period: properties.Period,
    EvaluationPeriods: properties.EvaluationPeriods,
    ...(properties.DatapointsToAlarm !== undefined && { DatapointsToAlarm: properties.DatapointsToAlarm }),
    ComparisonOperator: properties.ComparisonOperator,
    Threshold: properties.Threshold,
    TreatMissingData: properties.TreatMissingData ?? 'missing',
    EvaluateLowSampleCountPercentile: properties.EvaluateLowSampleCountPercentile ?? '',
  };
  if (properties.Metrics) {
    const { Period: _ofMetrics, ...mathRule } = rule;
    const queries: MetricDataQuery[] = properties.Metrics;
    const Period = Math.max(...queries.map(({ MetricStat }) => Number(MetricStat?.Period ?? 0)));
    return { Period, ...mathRule, Metrics: queries.map(queryOf) };
  }
  return {
    MetricName: properties.MetricName,
    Namespace: properties.Namespace,
    ...(properties.Statistic
      ? { StatisticType: 'Statistic', Statistic: STATISTICS[properties.Statistic] }
      : { StatisticType: 'ExtendedStatistic', ExtendedStatistic: properties.ExtendedStatistic }),
    Unit: properties.Unit ?? null,
    Dimensions: dimensionsOf(properties.Dimensions),
    ...rule,
  };
}

const STATISTICS: Readonly<Record<string, string>> = {
  SampleCount: 'SAMPLE_COUNT',
  Sum: 'SUM',
  Average: 'AVERAGE',
  Minimum: 'MINIMUM',
  Maximum: 'MAXIMUM',
};

function queryOf({ Id, Expression, Label, MetricStat, ReturnData = true }: MetricDataQuery): object {
  return {
    Id,
    ...(Expression && { Expression }),
    ...(Label && { Label }),
    ...(MetricStat && {
      MetricStat: {
        Metric: {
          Dimensions: dimensionsOf(MetricStat.Metric.Dimensions),
          MetricName: MetricStat.Metric.MetricName,
          Namespace: MetricStat.Metric.Namespace,
        },
        Period: MetricStat.Period,
        Stat: MetricStat.Stat,
      },
    }),
    ReturnData,
  };
}

/** In these messages alone the members begin with small letters. */
function dimensionsOf(dimensions: readonly { Name: string; Value: string }[] = []): object[] {
  return dimensions.map(({ Name, Value }) => ({ value: Value, name: Name }));
}

function childrenOf({ reasonData }: AlarmState): object[] {
  const { triggeringAlarms = [] } = reasonData ? JSON.parse(reasonData) : {};
  return (triggeringAlarms as { arn: string; state: { value: string; timestamp: string } }[]).map(({ arn, state }) => ({
    Arn: arn,
    State: { Value: state.value, Timestamp: state.timestamp },
  }));
}
