import { readFunctionReference } from '../function-arn';
import type { ActionFactory } from '../lambda-parts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_TagResource.html, for functions */
export const tagResource: ActionFactory = ({ store }) => ({
  access: (input) => [{ action: 'lambda:TagResource', resource: input.Resource }],
  handle(input) {
    const { functionName } = readFunctionReference(input.Resource);
    store.setTags(functionName, { ...store.function(functionName).tags, ...input.Tags });
  },
});
