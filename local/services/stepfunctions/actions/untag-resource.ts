import type { Action } from '../../../wire/service';
import { constrain } from '../constraints';
import type { ServiceContext } from '../context';
import { taggableOf } from '../taggable';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_UntagResource.html */
export function untagResource(context: ServiceContext): Action<{ resourceArn: string; tagKeys: string[] }> {
  return {
    access: (input) => [{ action: 'states:UntagResource', resource: input.resourceArn }],
    handle(input) {
      constrain(input, {
        resourceArn: { required: true, minLength: 1, maxLength: 256 },
        tagKeys: { required: true, isList: true },
      });
      const resource = taggableOf(context, input.resourceArn);
      resource.setTags(resource.tags.filter(({ key }) => !input.tagKeys.includes(key)));
      return {};
    },
  };
}
