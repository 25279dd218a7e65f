import { AwsError } from '../../wire/aws-error';

/** A parameter has a value that SNS does not take; `what` follows AWS's `Invalid parameter: `. */
export function invalidParameter(what: string): AwsError {
  return new AwsError('InvalidParameter', `Invalid parameter: ${what}`);
}

/** A message attribute has a value that SNS does not take. */
export function invalidParameterValue(message: string): AwsError {
  return new AwsError('ParameterValueInvalid', message);
}

/** A required parameter is not there. */
export function missing(name: string): AwsError {
  return new AwsError(
    'ValidationError',
    `1 validation error detected: Value null at '${name}' failed to satisfy constraint: Member must not be null`,
  );
}

export function topicDoesNotExist(): AwsError {
  return new AwsError('NotFound', 'Topic does not exist', 404);
}

export function subscriptionDoesNotExist(): AwsError {
  return new AwsError('NotFound', 'Subscription does not exist', 404);
}

/** Tagging speaks of resources. */
export function resourceNotFound(): AwsError {
  return new AwsError('ResourceNotFound', 'Resource does not exist', 404);
}

export function tooManyTags(): AwsError {
  return new AwsError('TagLimitExceeded', 'Could not complete request: tag quota of per resource exceeded');
}

/** What somebody may not do with a subscription or topic of somebody else. */
export function notAuthorized(message: string): AwsError {
  return new AwsError('AuthorizationError', message, 403);
}

export function emptyBatch(): AwsError {
  return new AwsError('EmptyBatchRequest', "The batch request doesn't contain any entries.");
}

export function tooManyBatchEntries(): AwsError {
  return new AwsError('TooManyEntriesInBatchRequest', 'The batch request contains more entries than permissible.');
}

export function batchIdsNotDistinct(): AwsError {
  return new AwsError('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.');
}

export function invalidBatchId(): AwsError {
  return new AwsError(
    'InvalidBatchEntryId',
    "The Id of a batch entry in a batch request doesn't abide by the specification.",
  );
}

export function batchTooLong(): AwsError {
  return new AwsError(
    'BatchRequestTooLong',
    'The length of all the batch messages put together is more than the limit.',
  );
}

/** KMS's error codes as SNS passes them on. */
const KMS_CODES: Readonly<Record<string, string>> = {
  AccessDeniedException: 'KMSAccessDenied',
  DisabledException: 'KMSDisabled',
  KMSInvalidStateException: 'KMSInvalidState',
  NotFoundException: 'KMSNotFound',
};

/** What KMS refused for an encrypted topic; any other error of KMS's as it is. */
export function kmsFault(error: AwsError, requestId: string): AwsError {
  const code = KMS_CODES[error.code];
  if (code === undefined) return error;
  const { message, statusCode } = error;
  const details = `Service: AWSKMS; Status Code: ${statusCode}; Error Code: ${error.code}; Request ID: ${requestId}; Proxy: null`;
  return new AwsError(code, `${message} (${details})`);
}
