import type { Action } from '../../../wire/service';
import { checkName } from '../constraints';
import type { Scheduler } from '../scheduler';

/** https://docs.aws.amazon.com/scheduler/latest/APIReference/API_DeleteScheduleGroup.html: the group's schedules go with it. */
export function deleteScheduleGroup(scheduler: Scheduler): Action<{ Name?: string; ClientToken?: string }> {
  return {
    access: scheduler.accessOnGroup('DeleteScheduleGroup'),
    handle: (input) =>
      scheduler.tokens.once('DeleteScheduleGroup', input, scheduler.now(), () => {
        checkName('name', input.Name);
        scheduler.removeGroup(input.Name);
        return {};
      }),
  };
}
