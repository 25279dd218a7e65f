import type { Action } from '../../../wire/service';
import type { Scheduler } from '../scheduler';
import { readTags, type Tag } from '../tags';

interface CreateScheduleGroupInput {
  readonly Name?: string;
  readonly Tags?: readonly Tag[];
  readonly ClientToken?: string;
}

/** https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateScheduleGroup.html */
export function createScheduleGroup(scheduler: Scheduler): Action<CreateScheduleGroupInput> {
  return {
    access: scheduler.accessOnGroup('CreateScheduleGroup'),
    handle: (input) =>
      scheduler.tokens.once('CreateScheduleGroup', input, scheduler.now(), () => ({
        ScheduleGroupArn: scheduler.addGroup(input.Name, readTags(input.Tags)).arn,
      })),
  };
}
