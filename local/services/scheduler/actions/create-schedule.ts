import type { Action } from '../../../wire/service';
import type { ScheduleRequest } from '../schedule-input';
import type { Scheduler } from '../scheduler';

/** https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html */
export function createSchedule(scheduler: Scheduler): Action<ScheduleRequest> {
  return {
    access: scheduler.accessWithRole('CreateSchedule'),
    handle: (input) =>
      scheduler.tokens.once('CreateSchedule', input, scheduler.now(), () => ({
        ScheduleArn: scheduler.addSchedule(input).arn,
      })),
  };
}
