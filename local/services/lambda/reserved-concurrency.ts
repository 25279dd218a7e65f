import { invalidParameter, validationFailed } from './faults';
import type { LambdaStore } from './store';

/** Concurrent executions of an account, before it asks for more. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const ACCOUNT_CONCURRENCY = 1000;
/** What functions without a reservation always keep. */
const LEAST_UNRESERVED = 100;

/** What the account's functions have not reserved. */
export function unreservedConcurrency(store: LambdaStore, exceptFunction?: string): number {
  return store
    .listFunctions()
    .filter(({ latest }) => latest.FunctionName !== exceptFunction)
    .reduce((left, { reservedConcurrency = 0 }) => left - reservedConcurrency, ACCOUNT_CONCURRENCY);
}

/** Throws ValidationException for what is no count, InvalidParameterValueException when too little would be left for the others. */
export function checkReservation(store: LambdaStore, functionName: string, limit: unknown): asserts limit is number {
  if (!Number.isInteger(limit) || (limit as number) < 0) {
    throw validationFailed('reservedConcurrentExecutions', limit, 'Member must have value greater than or equal to 0');
  }
  if (unreservedConcurrency(store, functionName) - (limit as number) < LEAST_UNRESERVED) {
    throw invalidParameter(
      `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${LEAST_UNRESERVED}].`,
    );
  }
}
