import type { Action } from '../../../wire/service';
import { checkName } from '../constraints';
import { describeSchedule } from '../describe-schedule';
import { DEFAULT_GROUP, type Scheduler } from '../scheduler';

/** https://docs.aws.amazon.com/scheduler/latest/APIReference/API_GetSchedule.html */
export function getSchedule(scheduler: Scheduler): Action<{ Name?: string; GroupName?: string }> {
  return {
    access: scheduler.accessOnSchedule('GetSchedule'),
    handle: ({ Name: name, GroupName: groupName = DEFAULT_GROUP }) => {
      checkName('name', name);
      return describeSchedule(scheduler.store.schedule(groupName, name));
    },
  };
}
