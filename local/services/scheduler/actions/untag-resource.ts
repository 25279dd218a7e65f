import type { Action } from '../../../wire/service';
import type { Scheduler } from '../scheduler';
import { tagAccess, taggedGroup } from '../tags';

/** https://docs.aws.amazon.com/scheduler/latest/APIReference/API_UntagResource.html */
export function untagResource(scheduler: Scheduler): Action<{ ResourceArn?: string; TagKeys?: readonly string[] }> {
  return {
    access: tagAccess('UntagResource'),
    handle: ({ ResourceArn, TagKeys = [] }) => {
      const group = taggedGroup(scheduler, ResourceArn);
      const kept = Object.entries(group.tags).filter(([key]) => !TagKeys.includes(key));
      scheduler.setTags(group, Object.fromEntries(kept));
      return {};
    },
  };
}
