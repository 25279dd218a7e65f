import { AwsError } from '../../wire/aws-error';

export function secretNotFound(): AwsError {
  return new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
}

/** `what` is `staging label: AWSCURRENT` or `VersionId: ID`. */
export function valueNotFound(what: string): AwsError {
  return new AwsError('ResourceNotFoundException', `Secrets Manager can't find the specified secret value for ${what}`);
}

export function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}

export function invalidRequest(message: string): AwsError {
  return new AwsError('InvalidRequestException', message);
}

/** Most operations refuse a secret that somebody has deleted. */
export function markedForDeletion(): AwsError {
  return invalidRequest("You can't perform this operation on the secret because it was marked for deletion.");
}

export function secretExists(name: string): AwsError {
  return new AwsError('ResourceExistsException', `The operation failed because the secret ${name} already exists.`);
}

export function tokenInUse(token: string, arn: string): AwsError {
  return new AwsError(
    'ResourceExistsException',
    `You can't use ClientRequestToken ${token} because that value is already in use for a version of secret ${arn}.`,
  );
}

export function invalidNextToken(): AwsError {
  return new AwsError('InvalidNextTokenException', 'Invalid NextToken.');
}

export function malformedPolicy(): AwsError {
  return new AwsError('MalformedPolicyDocumentException', 'This resource policy contains invalid Json');
}

export function publicPolicy(): AwsError {
  return new AwsError(
    'PublicPolicyException',
    'You have attempted to set a resource policy that grants public access to the secret.',
  );
}

/** KMS let the caller neither encrypt nor decrypt. */
export function kmsDenied(): AwsError {
  return new AwsError('AccessDeniedException', 'Access to KMS is not allowed');
}

/** The key cannot be used, whoever asks. */
export function encryptionFailure(message: string): AwsError {
  return new AwsError('EncryptionFailure', message);
}

export function decryptionFailure(message: string): AwsError {
  return new AwsError('DecryptionFailure', message);
}
