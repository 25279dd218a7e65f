import type { Action } from '../../../wire/service';
import { checkName } from '../constraints';
import { describeGroup } from '../describe-schedule';
import type { Scheduler } from '../scheduler';

/** https://docs.aws.amazon.com/scheduler/latest/APIReference/API_GetScheduleGroup.html */
export function getScheduleGroup(scheduler: Scheduler): Action<{ Name?: string }> {
  return {
    access: scheduler.accessOnGroup('GetScheduleGroup'),
    handle: ({ Name: name }) => {
      checkName('name', name);
      return describeGroup(scheduler.store.group(name));
    },
  };
}
