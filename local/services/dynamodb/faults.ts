import { AwsError } from '../../wire/aws-error';
import type { Item } from './model';

/** Why one action of a transaction was not carried out; `None` for those that would have been. */
export interface CancellationReason {
  readonly Code: string;
  readonly Message?: string;
  readonly Item?: Item;
}

/** The request is not well formed, or does not fit the table. */
export function validationError(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

/** As {@link validationError}, for what DynamoDB introduces with `One or more parameter values were invalid`. */
export function invalidParameter(message: string): AwsError {
  return validationError(`One or more parameter values were invalid: ${message}`);
}

/**
 * A parameter that DynamoDB accepts and this service does not: the form from before expressions, mostly. The text is
 * our own, so that nobody takes it for AWS's.
 */
export function notEmulated(parameter: string, instead: string): AwsError {
  return validationError(`${parameter} is not emulated by this embedded DynamoDB: ${instead}`);
}

/** The request's JSON has a value where another kind of value belongs. */
export function serializationError(message: string): AwsError {
  return new AwsError('SerializationException', message);
}

/** The table or index of a data request does not exist. */
export function resourceNotFound(detail?: string): AwsError {
  return new AwsError(
    'ResourceNotFoundException',
    detail ? `Requested resource not found: ${detail}` : 'Requested resource not found',
  );
}

/** The table exists already. */
export function tableInUse(name: string): AwsError {
  return new AwsError('ResourceInUseException', `Table already exists: ${name}`);
}

/** The table is protected against deletion. */
export function deletionProtected(): AwsError {
  return validationError(
    'Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.',
  );
}

/** The condition of a single write does not hold; `item` when the caller asked for the old values. */
export function conditionalCheckFailed(item: Item | undefined): AwsError {
  return new AwsError(
    'ConditionalCheckFailedException',
    'The conditional request failed',
    400,
    item ? { Item: item } : {},
  );
}

/** A plain write met an item that a transaction holds. */
export function transactionConflict(): AwsError {
  return new AwsError('TransactionConflictException', 'Transaction is ongoing for the item');
}

/** A transaction of which nothing was carried out; one reason for each of its actions, in order. */
export function transactionCanceled(reasons: readonly CancellationReason[]): AwsError {
  const codes = reasons.map((reason) => reason.Code).join(', ');
  return new AwsError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    400,
    { CancellationReasons: reasons },
  );
}

/** The same client request token is being carried out at this moment. */
export function transactionInProgress(): AwsError {
  return new AwsError(
    'TransactionInProgressException',
    'The transaction with the given request token is already in progress.',
  );
}

/** The client request token was used within ten minutes for another request. */
export function idempotentParameterMismatch(): AwsError {
  return new AwsError(
    'IdempotentParameterMismatchException',
    'DynamoDB rejected the request because you retried a request with a different payload but with an idempotent token that was already used.',
  );
}

/** A shard iterator older than fifteen minutes. */
export function expiredIterator(): AwsError {
  return new AwsError(
    'ExpiredIteratorException',
    'Iterator expired: the iterator was created more than 15 minutes ago',
  );
}

/** A place in a stream whose records are older than 24 hours. */
export function trimmedDataAccess(): AwsError {
  return new AwsError(
    'TrimmedDataAccessException',
    'The operation attempted to read past the oldest stream record in a shard',
  );
}
