import { validationFailed } from '../faults';
import { readFunctionReference } from '../function-arn';
import { type ActionFactory, functionAccess } from '../lambda-parts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionConcurrency.html */
export const putFunctionConcurrency: ActionFactory = (parts) => ({
  access: functionAccess(parts, 'PutFunctionConcurrency'),
  handle(input) {
    const limit = input.ReservedConcurrentExecutions;
    if (!Number.isInteger(limit) || limit < 0) {
      throw validationFailed(
        'reservedConcurrentExecutions',
        limit,
        'Member must have value greater than or equal to 0',
      );
    }
    parts.store.setReservedConcurrency(readFunctionReference(input.FunctionName).functionName, limit);
    return { ReservedConcurrentExecutions: limit };
  },
});
