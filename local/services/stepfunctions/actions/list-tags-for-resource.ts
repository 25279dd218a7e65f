import type { Action } from '../../../wire/service';
import { constrain } from '../constraints';
import type { ServiceContext } from '../context';
import { taggableOf } from '../taggable';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListTagsForResource.html */
export function listTagsForResource(context: ServiceContext): Action<{ resourceArn: string }> {
  return {
    access: (input) => [{ action: 'states:ListTagsForResource', resource: input.resourceArn }],
    handle(input) {
      constrain(input, { resourceArn: { required: true, minLength: 1, maxLength: 256 } });
      return { tags: taggableOf(context, input.resourceArn).tags };
    },
  };
}
