import { readFunctionReference } from '../function-arn';
import type { ActionFactory } from '../lambda-parts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_UntagResource.html, for functions */
export const untagResource: ActionFactory = ({ store }) => ({
  access: (input) => [{ action: 'lambda:UntagResource', resource: input.Resource }],
  handle(input: { Resource: string; TagKeys: string[] }) {
    const { functionName } = readFunctionReference(input.Resource);
    const rest = Object.entries(store.function(functionName).tags).filter(([key]) => !input.TagKeys.includes(key));
    store.setTags(functionName, Object.fromEntries(rest));
  },
});
