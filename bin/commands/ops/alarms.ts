import {
  type CloudWatchClient,
  type CompositeAlarm,
  type MetricAlarm,
  paginateDescribeAlarms,
} from '@aws-sdk/client-cloudwatch';
import type { DeployedStack } from './deployment';

const ALARMS_AT_ONCE = 100;
const TYPES = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'];

/** The alarms of stacks, and the names of those that only serve others: parts of a rule, and what keeps a bell silent. */
export interface Alarms {
  readonly metric: readonly MetricAlarm[];
  readonly composite: readonly CompositeAlarm[];
  isPart(alarm: { readonly AlarmName?: string; readonly AlarmArn?: string }): boolean;
}

/** Reads the alarms of stacks. It needs `cloudwatch:DescribeAlarms`. */
export async function alarmsOf(
  { cloudwatch: client }: { readonly cloudwatch: CloudWatchClient },
  stacks: readonly DeployedStack[],
): Promise<Alarms> {
  const names = stacks
    .flatMap(({ resources }) => resources.filter(({ type }) => TYPES.includes(type)))
    .map(({ physicalId }) => nameOf(physicalId));
  const metric: MetricAlarm[] = [];
  const composite: CompositeAlarm[] = [];
  for (let i = 0; i < names.length; i += ALARMS_AT_ONCE) {
    const AlarmNames = names.slice(i, i + ALARMS_AT_ONCE);
    // Without its types, only metric alarms are given: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
    const AlarmTypes = ['MetricAlarm', 'CompositeAlarm'] as const;
    for await (const page of paginateDescribeAlarms({ client }, { AlarmNames, AlarmTypes: [...AlarmTypes] })) {
      metric.push(...(page.MetricAlarms ?? []));
      composite.push(...(page.CompositeAlarms ?? []));
    }
  }
  const users = composite.map(({ AlarmRule = '', ActionsSuppressor = '' }) => `${AlarmRule} "${ActionsSuppressor}"`);
  return {
    metric,
    composite,
    isPart: ({ AlarmName, AlarmArn }) =>
      users.some((user) => [AlarmName, AlarmArn].some((name) => name !== undefined && user.includes(`"${name}"`))),
  };
}

/** CloudFormation names a metric alarm by its name and a composite one by its ARN. */
function nameOf(physicalId: string): string {
  return physicalId.startsWith('arn:') ? physicalId.split(':').slice(6).join(':') : physicalId;
}
