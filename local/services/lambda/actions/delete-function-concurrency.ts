import { readFunctionReference } from '../function-arn';
import { type ActionFactory, functionAccess } from '../lambda-parts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionConcurrency.html */
export const deleteFunctionConcurrency: ActionFactory = (parts) => ({
  access: functionAccess(parts, 'DeleteFunctionConcurrency'),
  handle(input) {
    parts.store.setReservedConcurrency(readFunctionReference(input.FunctionName).functionName, undefined);
  },
});
