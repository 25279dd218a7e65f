import type { Action } from '../../../wire/service';
import { constrain, constrainItems } from '../constraints';
import type { ServiceContext } from '../context';
import { tooManyTags } from '../faults';
import type { Tag } from '../model';
import { taggableOf } from '../taggable';

const TAGS_LIMIT = 50;

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_TagResource.html */
export function tagResource(context: ServiceContext): Action<{ resourceArn: string; tags: Tag[] }> {
  return {
    access: (input) => [{ action: 'states:TagResource', resource: input.resourceArn }],
    handle(input) {
      constrain(input, {
        resourceArn: { required: true, minLength: 1, maxLength: 256 },
        tags: { required: true, isList: true },
      });
      constrainItems('tags', input.tags, { key: { minLength: 1, maxLength: 128 }, value: { maxLength: 256 } });
      const resource = taggableOf(context, input.resourceArn);
      const merged = new Map(resource.tags.map(({ key, value }) => [key, value]));
      for (const { key, value } of input.tags) merged.set(key, value);
      if (merged.size > TAGS_LIMIT) throw tooManyTags(input.resourceArn);
      resource.setTags([...merged].map(([key, value]) => ({ key, value })));
      return {};
    },
  };
}
