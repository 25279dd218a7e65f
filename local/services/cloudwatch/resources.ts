import type { PropertySpec, ResourceContext, ResourceProvider } from '../../wire/resource-provider';
import { alarmArn, type CloudWatchParts } from './cloudwatch-parts';
import { putDashboardBody } from './dashboard-changes';

const KEPT = { inert: 'the alarm is kept and described; alarms are not evaluated by the embedded AWS yet' };

const METRIC_ALARM: PropertySpec = {
  AlarmName: 'emulated',
  ...Object.fromEntries(
    [
      ...[
        'ActionsEnabled',
        'AlarmActions',
        'AlarmDescription',
        'ComparisonOperator',
        'DatapointsToAlarm',
        'Dimensions',
      ],
      ...['EvaluateLowSampleCountPercentile', 'EvaluationPeriods', 'ExtendedStatistic', 'InsufficientDataActions'],
      ...['MetricName', 'Metrics', 'Namespace', 'OKActions', 'Period', 'Statistic', 'Threshold', 'ThresholdMetricId'],
      ...['TreatMissingData', 'Unit', 'Tags'],
    ].map((property) => [property, KEPT]),
  ),
};

const COMPOSITE_ALARM: PropertySpec = {
  AlarmName: 'emulated',
  ...Object.fromEntries(
    [
      ...['ActionsEnabled', 'ActionsSuppressor', 'ActionsSuppressorExtensionPeriod', 'ActionsSuppressorWaitPeriod'],
      ...['AlarmActions', 'AlarmDescription', 'AlarmRule', 'InsufficientDataActions', 'OKActions', 'Tags'],
    ].map((property) => [property, KEPT]),
  ),
};

/** The CloudFormation resource types of CloudWatch: alarms and dashboards are kept and described. */
export function cloudWatchResources(parts: CloudWatchParts): ResourceProvider[] {
  return [
    alarmResource(parts, 'AWS::CloudWatch::Alarm', 'metric', METRIC_ALARM),
    alarmResource(parts, 'AWS::CloudWatch::CompositeAlarm', 'composite', COMPOSITE_ALARM),
    dashboardResource(parts),
  ];
}

/** `Ref` is the alarm's name; attribute `Arn`. */
function alarmResource(
  { store, host }: CloudWatchParts,
  type: string,
  kind: 'metric' | 'composite',
  spec: PropertySpec,
): ResourceProvider<{ AlarmName?: string }> {
  const set = (properties: { AlarmName?: string }, AlarmName: string) => {
    const AlarmArn = alarmArn(host, AlarmName);
    store.setAlarm({ AlarmName, AlarmArn, kind, properties: { ...properties }, updatedMs: host.kernel.clock.now() });
    return { physicalId: AlarmName, attributes: { Arn: AlarmArn } };
  };
  const create = (properties: { AlarmName?: string }, context: ResourceContext) =>
    set(properties, properties.AlarmName ?? context.generateName(255));
  return {
    type,
    properties: spec,
    create,
    update: (physicalId, properties, previous, context) =>
      properties.AlarmName === previous.AlarmName ? set(properties, physicalId) : create(properties, context),
    delete: (physicalId) => store.removeAlarm(physicalId),
  };
}

/** `Ref` is the dashboard's name. */
function dashboardResource(
  parts: CloudWatchParts,
): ResourceProvider<{ DashboardName?: string; DashboardBody: string }> {
  const set = (DashboardBody: string, DashboardName: string) => {
    putDashboardBody(parts, DashboardName, DashboardBody);
    return { physicalId: DashboardName };
  };
  return {
    type: 'AWS::CloudWatch::Dashboard',
    properties: {
      DashboardName: 'emulated',
      DashboardBody: { inert: 'the dashboard is kept and listed; nothing draws it here' },
    },
    create: (properties, context) =>
      set(properties.DashboardBody, properties.DashboardName ?? context.generateName(255)),
    update: (physicalId, properties, previous, context) =>
      set(
        properties.DashboardBody,
        properties.DashboardName === previous.DashboardName
          ? physicalId
          : (properties.DashboardName ?? context.generateName(255)),
      ),
    delete: (physicalId) => parts.store.removeDashboard(physicalId),
  };
}
