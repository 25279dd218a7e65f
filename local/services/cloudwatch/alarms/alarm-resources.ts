import type { PropertySpec, ResourceContext, ResourceProvider } from '../../../wire/resource-provider';
import { readTags } from '../api-values';
import type { CloudWatchParts } from '../cloudwatch-parts';
import type { Alarm } from '../model';

interface AlarmProperties {
  readonly AlarmName?: string;
  readonly Tags?: { Key: string; Value: string }[];
  readonly [property: string]: unknown;
}

const LONGEST_NAME = 255;

const METRIC: PropertySpec = {
  Dimensions: 'emulated',
  MetricName: 'emulated',
  Namespace: 'emulated',
};

const ALARM: PropertySpec = {
  AlarmName: 'emulated',
  AlarmDescription: 'emulated',
  ActionsEnabled: 'boolean',
  AlarmActions: 'emulated',
  InsufficientDataActions: 'emulated',
  OKActions: 'emulated',
  Tags: 'emulated',
};

const METRIC_ALARM: PropertySpec = {
  ...ALARM,
  ...METRIC,
  ComparisonOperator: 'emulated',
  DatapointsToAlarm: 'number',
  EvaluateLowSampleCountPercentile: 'emulated',
  EvaluationPeriods: 'number',
  ExtendedStatistic: 'emulated',
  Metrics: {
    members: {
      Id: 'emulated',
      Expression: 'emulated',
      Label: 'emulated',
      ReturnData: 'boolean',
      Period: 'number',
      MetricStat: {
        members: {
          Metric: { members: METRIC },
          Period: 'number',
          Stat: 'emulated',
          Unit: { inert: 'units are not converted' },
        },
      },
    },
  },
  Period: 'number',
  Statistic: 'emulated',
  Threshold: 'number',
  TreatMissingData: 'emulated',
  Unit: { inert: 'units are not converted' },
};

const COMPOSITE_ALARM: PropertySpec = {
  ...ALARM,
  ActionsSuppressor: 'emulated',
  ActionsSuppressorExtensionPeriod: 'number',
  ActionsSuppressorWaitPeriod: 'number',
  AlarmRule: 'emulated',
};

/** `AWS::CloudWatch::Alarm`: `Ref` is the alarm's name; attribute `Arn`. */
export function alarmResource({ alarms }: CloudWatchParts): ResourceProvider<AlarmProperties> {
  return provider('AWS::CloudWatch::Alarm', METRIC_ALARM, {
    put: (name, properties, tags) => alarms.putMetricAlarm(name, properties, tags),
    delete: (name) => alarms.delete(name),
  });
}

/** `AWS::CloudWatch::CompositeAlarm`: as {@link alarmResource}. */
export function compositeAlarmResource({ alarms }: CloudWatchParts): ResourceProvider<AlarmProperties> {
  return provider('AWS::CloudWatch::CompositeAlarm', COMPOSITE_ALARM, {
    put: (name, properties, tags) => alarms.putCompositeAlarm(name, properties, tags),
    delete: (name) => alarms.delete(name),
  });
}

interface Changes {
  put(name: string, properties: Readonly<Record<string, unknown>>, tags: Record<string, string>): Alarm;
  delete(name: string): void;
}

function provider(type: string, properties: PropertySpec, changes: Changes): ResourceProvider<AlarmProperties> {
  const set = (name: string, { AlarmName: _name, Tags, ...rest }: AlarmProperties) => {
    const { AlarmArn } = changes.put(name, rest, readTags(Tags));
    return { physicalId: name, attributes: { Arn: AlarmArn } };
  };
  const create = (given: AlarmProperties, context: ResourceContext) =>
    set(given.AlarmName ?? context.generateName(LONGEST_NAME), given);
  return {
    type,
    properties,
    create,
    update: (physicalId, given, previous, context) =>
      given.AlarmName === previous.AlarmName ? set(physicalId, given) : create(given, context),
    delete: (physicalId) => changes.delete(physicalId),
  };
}
