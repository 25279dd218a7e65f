import type { Action } from '../../../wire/service';
import type { ScheduleRequest } from '../schedule-input';
import type { Scheduler } from '../scheduler';

/** https://docs.aws.amazon.com/scheduler/latest/APIReference/API_UpdateSchedule.html: what the request leaves out gets its default. */
export function updateSchedule(scheduler: Scheduler): Action<ScheduleRequest> {
  return {
    access: scheduler.accessWithRole('UpdateSchedule'),
    handle: (input) =>
      scheduler.tokens.once('UpdateSchedule', input, scheduler.now(), () => ({
        ScheduleArn: scheduler.changeSchedule(input).arn,
      })),
  };
}
