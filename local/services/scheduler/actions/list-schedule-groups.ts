import type { Action } from '../../../wire/service';
import { describeGroup } from '../describe-schedule';
import { pageOf } from '../page';
import type { Scheduler } from '../scheduler';

interface ListScheduleGroupsInput {
  readonly NamePrefix?: string;
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

/** https://docs.aws.amazon.com/scheduler/latest/APIReference/API_ListScheduleGroups.html */
export function listScheduleGroups(scheduler: Scheduler): Action<ListScheduleGroupsInput> {
  return {
    access: () => [{ action: 'scheduler:ListScheduleGroups', resource: '*' }],
    handle: (input) => {
      const found = scheduler.store.allGroups().filter(({ name }) => name.startsWith(input.NamePrefix ?? ''));
      const { items, NextToken } = pageOf(found, input);
      return { ScheduleGroups: items.map(describeGroup), NextToken };
    },
  };
}
