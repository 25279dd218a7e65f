import { invalidParameter } from '../faults';
import { readFunctionReference } from '../function-arn';
import { deleteFunction as removeFunction } from '../function-changes';
import { type ActionFactory, functionAccess } from '../lambda-parts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunction.html */
export const deleteFunction: ActionFactory = (parts) => ({
  access: functionAccess(parts, 'DeleteFunction'),
  handle(input) {
    const { functionName, qualifier } = readFunctionReference(input.FunctionName, input.Qualifier);
    if (!qualifier) return removeFunction(parts, functionName);
    if (qualifier === '$LATEST')
      throw invalidParameter('$LATEST version cannot be deleted without deleting the function.');
    parts.invoker.forget(parts.store.resolve({ functionName, qualifier }));
    parts.store.removeVersion(functionName, qualifier);
  },
});
