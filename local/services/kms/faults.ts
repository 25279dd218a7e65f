/** The errors of the KMS API. https://docs.aws.amazon.com/kms/latest/APIReference/CommonErrors.html and each operation's own. */
import { AwsError } from '../../wire/aws-error';

/** A key or an alias that is not there, or an identifier that is none. */
export function notFound(message: string): AwsError {
  return new AwsError('NotFoundException', message);
}

export function keyNotFound(arn: string): AwsError {
  return notFound(`Key '${arn}' does not exist`);
}

export function aliasNotFound(arn: string): AwsError {
  return notFound(`Alias ${arn} is not found.`);
}

/** The key is disabled. */
export function disabled(arn: string): AwsError {
  return new AwsError('DisabledException', `${arn} is disabled.`);
}

/** The key's state does not admit the operation. */
export function invalidState(message: string): AwsError {
  return new AwsError('KMSInvalidStateException', message);
}

/** The key is of another usage or spec. */
export function invalidKeyUsage(message: string): AwsError {
  return new AwsError('InvalidKeyUsageException', message);
}

/** The ciphertext is damaged, or was made with another encryption context; AWS tells no more. */
export function invalidCiphertext(): AwsError {
  return new AwsError('InvalidCiphertextException', '');
}

/** The ciphertext was made with another key than the one named. */
export function incorrectKey(): AwsError {
  return new AwsError(
    'IncorrectKeyException',
    'The key ID in the request does not identify a CMK that can perform this operation.',
  );
}

/** The key of a ciphertext is gone; AWS does not tell that from one that may not be used. */
export function foreignCiphertext(): AwsError {
  return new AwsError(
    'AccessDeniedException',
    'The ciphertext refers to a customer master key that does not exist, does not exist in this region, ' +
      'or you are not allowed to access.',
  );
}

export function invalidMac(): AwsError {
  return new AwsError('KMSInvalidMacException', '');
}

export function aliasExists(arn: string): AwsError {
  return new AwsError('AlreadyExistsException', `An alias with the name ${arn} already exists`);
}

/** Names that begin with `alias/aws/` are AWS's own. */
export function reservedAlias(): AwsError {
  return new AwsError('NotAuthorizedException', '');
}

export function limitExceeded(message: string): AwsError {
  return new AwsError('LimitExceededException', message);
}

export function validation(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

/** One member of a request breaks its constraint. */
export function constraintBroken(member: string, value: unknown, reason: string): AwsError {
  const shown = value === undefined || value === null ? 'null' : `'${value}'`;
  return validation(
    `1 validation error detected: Value ${shown} at '${member}' failed to satisfy constraint: Member must ${reason}`,
  );
}

export function malformedPolicy(message: string): AwsError {
  return new AwsError('MalformedPolicyDocumentException', message);
}

/** What AWS has and the embedded KMS has not, or what AWS itself does not do with such a key. */
export function unsupported(message: string): AwsError {
  return new AwsError('UnsupportedOperationException', message);
}

export function invalidMarker(): AwsError {
  return new AwsError('InvalidMarkerException', 'Could not deserialize marker');
}

export function invalidGrantId(): AwsError {
  return new AwsError('InvalidGrantIdException', 'The grant ID is not valid.');
}

export function tagError(message: string): AwsError {
  return new AwsError('TagException', message);
}

/** The request would have been carried out. */
export function dryRun(): AwsError {
  const message = 'The request would have succeeded, but the DryRun option is set.';
  return new AwsError('DryRunOperationException', message, 412);
}
