import { readFunctionReference } from '../function-arn';
import { type ActionFactory, functionAccess } from '../lambda-parts';
import { checkReservation } from '../reserved-concurrency';

/** https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionConcurrency.html */
export const putFunctionConcurrency: ActionFactory = (parts) => ({
  access: functionAccess(parts, 'PutFunctionConcurrency'),
  handle(input) {
    const { functionName } = readFunctionReference(input.FunctionName);
    const limit = input.ReservedConcurrentExecutions;
    parts.store.function(functionName);
    checkReservation(parts.store, functionName, limit);
    parts.store.setReservedConcurrency(functionName, limit);
    return { ReservedConcurrentExecutions: limit };
  },
});
