import { readFunctionReference } from '../function-arn';
import type { ActionFactory } from '../lambda-parts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListTags.html, for functions */
export const listTags: ActionFactory = ({ store }) => ({
  access: (input) => [{ action: 'lambda:ListTags', resource: input.Resource }],
  handle: (input) => ({ Tags: store.function(readFunctionReference(input.Resource).functionName).tags }),
});
