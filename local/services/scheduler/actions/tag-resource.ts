import type { Action } from '../../../wire/service';
import type { Scheduler } from '../scheduler';
import { readTags, type Tag, tagAccess, taggedGroup } from '../tags';

/** https://docs.aws.amazon.com/scheduler/latest/APIReference/API_TagResource.html */
export function tagResource(scheduler: Scheduler): Action<{ ResourceArn?: string; Tags?: readonly Tag[] }> {
  return {
    access: tagAccess('TagResource'),
    handle: ({ ResourceArn, Tags }) => {
      const group = taggedGroup(scheduler, ResourceArn);
      scheduler.setTags(group, { ...group.tags, ...readTags(Tags) });
      return {};
    },
  };
}
