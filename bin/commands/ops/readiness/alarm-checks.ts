import { alarmsOf } from '../alarms';
import { deadLetterQueues } from '../dlq/queues';
import { type Check, forAll } from './check';

export const parkedWatched: Check = {
  id: 'parked-watched',
  line: 'an alarm watches every dead-letter and review queue',
  async run(aws) {
    const { metric } = await alarmsOf(aws, aws.deployment.stacks);
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
    const { metric, composite, isPart } = await alarmsOf(aws, aws.deployment.stacks);
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
    const { metric, composite } = await alarmsOf(aws, aws.deployment.stacks);
    return forAll([...metric, ...composite], 'alarms', ({ AlarmName, StateValue, StateReason }) =>
      StateValue === 'ALARM' ? `${AlarmName}: ${StateReason}` : undefined,
    );
  },
};
