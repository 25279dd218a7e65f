import type { PropertySpec, ResourceProvider, ResourceResult } from '../../../wire/resource-provider';
import type { Schedule } from '../model';
import { DEFAULT_GROUP, type Scheduler } from '../scheduler';

const TARGET: PropertySpec = {
  Arn: 'emulated',
  RoleArn: 'emulated',
  Input: 'emulated',
  DeadLetterConfig: { members: { Arn: 'emulated' } },
  RetryPolicy: { members: { MaximumEventAgeInSeconds: 'number', MaximumRetryAttempts: 'number' } },
  SqsParameters: { members: { MessageGroupId: 'emulated' } },
  EventBridgeParameters: { members: { DetailType: 'emulated', Source: 'emulated' } },
};

/** `AWS::Scheduler::Schedule`: Ref is the name; attribute Arn. Another name or group is another schedule. */
export function scheduleResource(scheduler: Scheduler): ResourceProvider {
  const resultOf = ({ name, arn }: Schedule): ResourceResult => ({ physicalId: name, attributes: { Arn: arn } });
  const remove = (name: string, groupName = DEFAULT_GROUP) => {
    const schedule = scheduler.store.findSchedule(groupName, name);
    if (schedule) scheduler.removeSchedule(schedule);
  };
  return {
    type: 'AWS::Scheduler::Schedule',
    properties: {
      Name: 'emulated',
      GroupName: 'emulated',
      Description: 'emulated',
      ScheduleExpression: 'emulated',
      ScheduleExpressionTimezone: 'emulated',
      StartDate: 'emulated',
      EndDate: 'emulated',
      State: 'emulated',
      FlexibleTimeWindow: { members: { Mode: 'emulated', MaximumWindowInMinutes: 'number' } },
      Target: { members: TARGET },
      KmsKeyArn: { inert: 'encryption at rest: schedules live in the memory of this process' },
    },
    create: (properties, context) =>
      resultOf(scheduler.addSchedule({ ...properties, Name: properties.Name ?? context.generateName(64) })),
    update: (physicalId, properties, previous, context) => {
      const isSameGroup = (properties.GroupName ?? DEFAULT_GROUP) === (previous.GroupName ?? DEFAULT_GROUP);
      if (properties.Name === previous.Name && isSameGroup) {
        return resultOf(scheduler.changeSchedule({ ...properties, Name: physicalId }));
      }
      const made = scheduler.addSchedule({ ...properties, Name: properties.Name ?? context.generateName(64) });
      // Under the same name in another group CloudFormation sees no new resource, and would leave the old one behind.
      if (made.name === physicalId) remove(physicalId, previous.GroupName);
      return resultOf(made);
    },
    delete: (physicalId, properties) => remove(physicalId, properties.GroupName),
  };
}
