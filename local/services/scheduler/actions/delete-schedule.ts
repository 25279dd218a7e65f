import type { Action } from '../../../wire/service';
import { checkName } from '../constraints';
import { DEFAULT_GROUP, type Scheduler } from '../scheduler';

interface DeleteScheduleInput {
  readonly Name?: string;
  readonly GroupName?: string;
  readonly ClientToken?: string;
}

/** https://docs.aws.amazon.com/scheduler/latest/APIReference/API_DeleteSchedule.html */
export function deleteSchedule(scheduler: Scheduler): Action<DeleteScheduleInput> {
  return {
    access: scheduler.accessOnSchedule('DeleteSchedule'),
    handle: (input) =>
      scheduler.tokens.once('DeleteSchedule', input, scheduler.now(), () => {
        const { Name: name, GroupName: groupName = DEFAULT_GROUP } = input;
        checkName('name', name);
        scheduler.removeSchedule(scheduler.store.schedule(groupName, name));
        return {};
      }),
  };
}
