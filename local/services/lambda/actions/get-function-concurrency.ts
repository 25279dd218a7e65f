import { readFunctionReference } from '../function-arn';
import { type ActionFactory, functionAccess } from '../lambda-parts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConcurrency.html: empty for a function without a reservation. */
export const getFunctionConcurrency: ActionFactory = (parts) => ({
  access: functionAccess(parts, 'GetFunctionConcurrency'),
  handle(input) {
    const { reservedConcurrency } = parts.store.function(readFunctionReference(input.FunctionName).functionName);
    return { ReservedConcurrentExecutions: reservedConcurrency };
  },
});
