import type { Action } from '../../../wire/service';
import type { Scheduler } from '../scheduler';
import { tagAccess, taggedGroup } from '../tags';

/** https://docs.aws.amazon.com/scheduler/latest/APIReference/API_ListTagsForResource.html */
export function listTagsForResource(scheduler: Scheduler): Action<{ ResourceArn?: string }> {
  return {
    access: tagAccess('ListTagsForResource'),
    handle: ({ ResourceArn }) => ({
      Tags: Object.entries(taggedGroup(scheduler, ResourceArn).tags).map(([Key, Value]) => ({ Key, Value })),
    }),
  };
}
