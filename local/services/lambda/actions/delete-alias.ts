import { readFunctionReference } from '../function-arn';
import { type ActionFactory, functionAccess } from '../lambda-parts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteAlias.html: an alias that is not there is no error. */
export const deleteAlias: ActionFactory = (parts) => ({
  access: functionAccess(parts, 'DeleteAlias'),
  handle(input) {
    parts.store.removeAlias(readFunctionReference(input.FunctionName).functionName, input.Name);
  },
});
