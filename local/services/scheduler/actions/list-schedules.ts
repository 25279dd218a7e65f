import type { Action } from '../../../wire/service';
import { oneOf } from '../constraints';
import { summarizeSchedule } from '../describe-schedule';
import { pageOf } from '../page';
import type { Scheduler } from '../scheduler';

interface ListSchedulesInput {
  readonly GroupName?: string;
  readonly NamePrefix?: string;
  readonly State?: string;
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

/** https://docs.aws.amazon.com/scheduler/latest/APIReference/API_ListSchedules.html */
export function listSchedules(scheduler: Scheduler): Action<ListSchedulesInput> {
  return {
    access: () => [{ action: 'scheduler:ListSchedules', resource: '*' }],
    handle: (input) => {
      oneOf('state', input.State, ['ENABLED', 'DISABLED']);
      const found = scheduler.store
        .schedules(input.GroupName)
        .filter(({ name }) => name.startsWith(input.NamePrefix ?? ''))
        .filter(({ definition }) => input.State === undefined || definition.state === input.State);
      const { items, NextToken } = pageOf(found, input);
      return { Schedules: items.map(summarizeSchedule), NextToken };
    },
  };
}
