import type { ResourceProvider, ResourceResult } from '../../../wire/resource-provider';
import { describeGroup } from '../describe-schedule';
import type { ScheduleGroup } from '../model';
import type { Scheduler } from '../scheduler';
import { readTags } from '../tags';

/** `AWS::Scheduler::ScheduleGroup`: Ref is the name; attributes Arn, State, CreationDate, LastModificationDate. */
export function scheduleGroupResource(scheduler: Scheduler): ResourceProvider {
  const resultOf = (group: ScheduleGroup): ResourceResult => {
    const { Arn, State } = describeGroup(group);
    return {
      physicalId: group.name,
      attributes: {
        Arn,
        State,
        CreationDate: new Date(group.createdAtMs).toISOString(),
        LastModificationDate: new Date(group.modifiedAtMs).toISOString(),
      },
    };
  };
  return {
    type: 'AWS::Scheduler::ScheduleGroup',
    properties: { Name: 'emulated', Tags: 'emulated' },
    create: (properties, context) =>
      resultOf(scheduler.addGroup(properties.Name ?? context.generateName(64), readTags(properties.Tags))),
    update: (physicalId, properties, previous, context) => {
      if (properties.Name !== previous.Name) {
        return resultOf(scheduler.addGroup(properties.Name ?? context.generateName(64), readTags(properties.Tags)));
      }
      const group = scheduler.store.group(physicalId);
      scheduler.setTags(group, readTags(properties.Tags));
      return resultOf(group);
    },
    delete: (physicalId) => {
      if (scheduler.store.findGroup(physicalId)) scheduler.removeGroup(physicalId);
    },
  };
}
