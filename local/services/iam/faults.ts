import { AwsError } from '../../wire/aws-error';

/** A policy that IAM does not take; 400 as AWS answers. */
export function malformedPolicy(message: string): AwsError {
  return new AwsError('MalformedPolicyDocument', message);
}

/** A role, policy or provider that the account does not have. */
export function noSuchEntity(message: string): AwsError {
  return new AwsError('NoSuchEntity', message, 404);
}

/** The account has an entity of that name. */
export function entityAlreadyExists(message: string): AwsError {
  return new AwsError('EntityAlreadyExists', message, 409);
}

/** The entity is still in use. */
export function deleteConflict(message: string): AwsError {
  return new AwsError('DeleteConflict', message, 409);
}

/** A request that names what cannot be. */
export function validationError(message: string): AwsError {
  return new AwsError('ValidationError', message);
}

/** The credentials' time is over. */
export function expiredToken(): AwsError {
  return new AwsError('ExpiredToken', 'The security token included in the request is expired', 403);
}

/** Credentials that were made here and are no longer known. */
export function invalidToken(): AwsError {
  return new AwsError('InvalidClientTokenId', 'The security token included in the request is invalid.', 403);
}
