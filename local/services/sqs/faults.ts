import { AwsError } from '../../wire/aws-error';

/** The names that the query protocol had for errors, sent along as `x-amzn-query-error`; clients still read them. */
function fault(code: string, message: string, queryErrorCode = code, statusCode = 400): AwsError {
  return new AwsError(code, message, statusCode, { queryErrorCode });
}

/** The queue of a request is not there. */
export function queueDoesNotExist(): AwsError {
  return fault('QueueDoesNotExist', 'The specified queue does not exist.', 'AWS.SimpleQueueService.NonExistentQueue');
}

/** CreateQueue found a queue of that name with another value for an attribute. */
export function queueNameExists(attribute: string): AwsError {
  return fault(
    'QueueNameExists',
    `A queue already exists with the same name and a different value for attribute ${attribute}`,
    'QueueAlreadyExists',
  );
}

/** A queue of that name was deleted less than a minute ago. */
export function queueDeletedRecently(): AwsError {
  return fault(
    'QueueDeletedRecently',
    'You must wait 60 seconds after deleting a queue before you can create another with the same name.',
    'AWS.SimpleQueueService.QueueDeletedRecently',
  );
}

/** A queue may be purged once a minute. */
export function purgeQueueInProgress(name: string): AwsError {
  return fault(
    'PurgeQueueInProgress',
    `Only one PurgeQueue operation on ${name} is allowed every 60 seconds.`,
    'AWS.SimpleQueueService.PurgeQueueInProgress',
    403,
  );
}

/** A parameter has a value that SQS does not take. */
export function invalidParameterValue(message: string): AwsError {
  return fault('InvalidParameterValue', message);
}

/** The usual wording of {@link invalidParameterValue}. */
export function invalidParameter(name: string, value: unknown, reason: string): AwsError {
  return invalidParameterValue(`Value ${value} for parameter ${name} is invalid. Reason: ${reason}`);
}

/** A parameter that only the other kind of queue has. */
export function notOfThisQueueType(name: string, value: unknown): AwsError {
  return invalidParameter(name, value, 'The request include parameter that is not valid for this queue type.');
}

/** A required parameter is not there. */
export function missingParameter(name: string): AwsError {
  return fault('MissingParameter', `The request must contain the parameter ${name}.`);
}

/** A queue attribute of that name does not exist. */
export function invalidAttributeName(name: string): AwsError {
  return fault('InvalidAttributeName', `Unknown Attribute ${name}.`);
}

/** A queue attribute has a value that it does not take. */
export function invalidAttributeValue(name: string, reason?: string): AwsError {
  return fault(
    'InvalidAttributeValue',
    `Invalid value for the parameter ${name}.${reason ? ` Reason: ${reason}` : ''}`,
  );
}

/** The body has a character that XML 1.0 does not allow, or is empty. */
export function invalidMessageContents(character: string): AwsError {
  return fault(
    'InvalidMessageContents',
    `Invalid binary character '${character}' was found in the message body, the set of allowed characters is ` +
      '#x9 | #xA | #xD | [#x20 to #xD7FF] | [#xE000 to #xFFFD] | [#x10000 to #x10FFFF]',
  );
}

/** A receipt handle that this queue never gave out. */
export function receiptHandleIsInvalid(handle: string): AwsError {
  return fault('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid receipt handle.`);
}

/** The visibility of a message can be changed only while it is in flight. */
export function messageNotInflight(): AwsError {
  return fault(
    'MessageNotInflight',
    'The specified message is not in flight.',
    'AWS.SimpleQueueService.MessageNotInflight',
  );
}

/** 120,000 messages are in flight; a FIFO queue does not say so. */
export function overLimit(): AwsError {
  return fault('OverLimit', 'Too many messages in flight: the limit is 120000 for a standard queue.', 'OverLimit', 403);
}

/** More actions than one statement may have. */
export function tooManyActions(count: number): AwsError {
  return fault('OverLimit', `${count} Actions were found, maximum allowed is 7.`, 'OverLimit', 403);
}

/** A batch without entries. */
export function emptyBatchRequest(entryType: string): AwsError {
  return fault(
    'EmptyBatchRequest',
    `There should be at least one ${entryType} in the request.`,
    'AWS.SimpleQueueService.EmptyBatchRequest',
  );
}

/** A batch of more than ten entries. */
export function tooManyEntries(count: number): AwsError {
  return fault(
    'TooManyEntriesInBatchRequest',
    `Maximum number of entries per request are 10. You have sent ${count}.`,
    'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
  );
}

/** Two entries of a batch share an id. */
export function batchEntryIdsNotDistinct(id: string): AwsError {
  return fault('BatchEntryIdsNotDistinct', `Id ${id} repeated.`, 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct');
}

/** An entry's id has characters or a length that SQS does not take. */
export function invalidBatchEntryId(): AwsError {
  return fault(
    'InvalidBatchEntryId',
    'A batch entry id can only contain alphanumeric characters, hyphens and underscores. ' +
      'It can be at most 80 letters long.',
    'AWS.SimpleQueueService.InvalidBatchEntryId',
  );
}

/** The messages of a batch are too large together. */
export function batchRequestTooLong(limitBytes: number, sentBytes: number): AwsError {
  return fault(
    'BatchRequestTooLong',
    `Batch requests cannot be longer than ${limitBytes} bytes. You have sent ${sentBytes} bytes.`,
    'AWS.SimpleQueueService.BatchRequestTooLong',
  );
}

/** The URL of a request is none of a queue. */
export function invalidAddress(url: string): AwsError {
  return fault('InvalidAddress', `The address ${url} is not valid for this endpoint.`, 'InvalidAddress', 404);
}

/** KMS's error codes as SQS passes them on: its own name, and the one of the query protocol. */
const KMS_CODES: Readonly<Record<string, readonly [string, string]>> = {
  AccessDeniedException: ['KmsAccessDenied', 'KMS.AccessDeniedException'],
  DisabledException: ['KmsDisabled', 'KMS.DisabledException'],
  InvalidCiphertextException: ['KmsInvalidState', 'KMS.InvalidStateException'],
  InvalidKeyUsageException: ['KmsInvalidKeyUsage', 'KMS.InvalidKeyUsageException'],
  KMSInvalidStateException: ['KmsInvalidState', 'KMS.InvalidStateException'],
  NotFoundException: ['KmsNotFound', 'KMS.NotFoundException'],
};

/** What KMS refused for an encrypted queue; any other error of KMS's as it is. */
export function kmsFault(error: AwsError, requestId: string): AwsError {
  const [code, queryErrorCode] = KMS_CODES[error.code] ?? [];
  if (code === undefined) return error;
  const { message, statusCode } = error;
  const details = `Service: AWSKMS; Status Code: ${statusCode}; Error Code: ${error.code}; Request ID: ${requestId}; Proxy: null`;
  return fault(code, `${message} (${details})`, queryErrorCode);
}

/** The state of a queue or a task does not let the operation be carried out. */
export function unsupportedOperation(message: string): AwsError {
  return fault('UnsupportedOperation', message, 'AWS.SimpleQueueService.UnsupportedOperation');
}

/** A queue or a move task that a request names by ARN or handle is not there. */
export function resourceNotFound(message: string): AwsError {
  return fault('ResourceNotFoundException', message, 'ResourceNotFoundException', 404);
}
