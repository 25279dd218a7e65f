import { type CompositeAlarm, type MetricAlarm, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import type { Aws } from '../aws';
import { deadLetterQueues } from '../dlq/queues';
import { type Check, forAll } from './check';
import { physicalIds } from './physical-ids';

const ALARMS_AT_ONCE = 100;

/** The alarms of the deployment, and the names of those that only serve others: parts of a rule, and what keeps a bell silent. */
interface Alarms {
  readonly metric: readonly MetricAlarm[];
  readonly composite: readonly CompositeAlarm[];
  isPart(alarm: { readonly AlarmName?: string; readonly AlarmArn?: string }): boolean;
}

export const parkedWatched: Check = {
  id: 'parked-watched',
  line: 'an alarm watches every dead-letter and review queue',
  async run(aws) {
    const { metric } = await alarmsOf(aws);
    const watched = new Set(
      metric.flatMap(({ Dimensions = [] }) =>
        Dimensions.filter(({ Name }) => Name === 'QueueName').map(({ Value }) => Value),
      ),
    );
    const queues = await deadLetterQueues(aws);
    return forAll(queues, 'queues', ({ name, arn }) => (watched.has(arn.split(':').pop()) ? undefined : name));
  },
};

export const alarmsRing: Check = {
  id: 'alarms-ring',
  line: 'every alarm tells somebody, itself or as a part of another',
  async run(aws) {
    const { metric, composite, isPart } = await alarmsOf(aws);
    return forAll([...metric, ...composite], 'alarms', (alarm) => {
      if (isPart(alarm)) return undefined;
      const { AlarmName, AlarmActions = [], ActionsEnabled } = alarm;
      if (AlarmActions.length === 0) return `${AlarmName} has no action`;
      return ActionsEnabled ? undefined : `the actions of ${AlarmName} are off`;
    });
  },
};

export const alarmsQuiet: Check = {
  id: 'alarms-quiet',
  line: 'no alarm rings',
  async run(aws) {
    const { metric, composite } = await alarmsOf(aws);
    return forAll([...metric, ...composite], 'alarms', ({ AlarmName, StateValue, StateReason }) =>
      StateValue === 'ALARM' ? `${AlarmName}: ${StateReason}` : undefined,
    );
  },
};

async function alarmsOf(aws: Aws): Promise<Alarms> {
  const names = physicalIds(aws, 'AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm').map(nameOf);
  const metric: MetricAlarm[] = [];
  const composite: CompositeAlarm[] = [];
  for (let i = 0; i < names.length; i += ALARMS_AT_ONCE) {
    const AlarmNames = names.slice(i, i + ALARMS_AT_ONCE);
    // Without its types, only metric alarms are given: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
    const AlarmTypes = ['MetricAlarm', 'CompositeAlarm'] as const;
    for await (const page of paginateDescribeAlarms(
      { client: aws.cloudwatch },
      { AlarmNames, AlarmTypes: [...AlarmTypes] },
    )) {
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
