import { AwsError } from '../../../wire/aws-error';
import { TaskFault } from './integration';

/** How a service's exceptions are named by the SDK that an integration is built on. */
export interface ErrorNaming {
  /** Before the dot: `DynamoDb`, `Lambda`. */
  readonly prefix: string;
  /** The exception for codes that the SDK has no class for: `DynamoDbException`, `AWSLambdaException`. */
  readonly generic: string;
  /** As the cause names the service. */
  readonly serviceName: string;
}

/** Codes that come from the front of every service, for which SDKs have no class of their own. */
const UNMODELLED = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'InternalFailure',
  'InvalidAction',
  'InvalidClientTokenId',
  'InvalidParameterCombination',
  'InvalidParameterValue',
  'InvalidSignatureException',
  'MalformedQueryString',
  'MissingAction',
  'MissingAuthenticationToken',
  'MissingParameter',
  'OptInRequired',
  'RequestExpired',
  'SerializationException',
  'ServiceUnavailable',
  'Throttling',
  'UnknownOperationException',
  'UnrecognizedClientException',
  'ValidationError',
  'ValidationException',
]);

/** Services whose models do have some of these. */
const MODELLED_AFTER_ALL: Record<string, readonly string[]> = {
  Sfn: ['ValidationException'],
  StepFunctions: ['ValidationException'],
  CloudWatchLogs: ['AccessDeniedException', 'ValidationException'],
  BedrockRuntime: ['AccessDeniedException', 'ValidationException'],
  S3Vectors: ['AccessDeniedException', 'ValidationException'],
  Scheduler: ['ValidationException'],
  SNS: ['ValidationException'],
  Sns: ['ValidationException'],
};

/** Services whose models have few of the codes that they answer. */
const MODELLED_ALONE: Record<string, readonly string[]> = {
  S3: [
    ...['BucketAlreadyExists', 'BucketAlreadyOwnedByYou', 'EncryptionTypeMismatch', 'InvalidObjectState'],
    ...['InvalidRequest', 'InvalidWriteOffset', 'NoSuchBucket', 'NoSuchKey', 'NoSuchUpload', 'TooManyParts'],
  ],
};

/** The name that ErrorEquals sees: `DynamoDb.ConditionalCheckFailedException`, `Sqs.SqsException`. */
export function errorName(code: string, naming: ErrorNaming): string {
  const last = code.slice(code.lastIndexOf('.') + 1);
  const isModelled =
    MODELLED_ALONE[naming.prefix]?.includes(last) ??
    (!UNMODELLED.has(last) || MODELLED_AFTER_ALL[naming.prefix]?.includes(last));
  if (!isModelled) return `${naming.prefix}.${naming.generic}`;
  return `${naming.prefix}.${last.endsWith('Exception') ? last : `${last}Exception`}`;
}

/** As the causes of `aws-sdk` integrations read, made with the AWS SDK for Java 2. */
export function sdkFault(error: unknown, naming: ErrorNaming, requestId: string): TaskFault {
  if (!(error instanceof AwsError)) throw error;
  const about = `Service: ${naming.serviceName}, Status Code: ${error.statusCode}, Request ID: ${requestId}`;
  return new TaskFault(errorName(error.code, naming), `${error.message} (${about}) (SDK Attempt Count: 1)`);
}

/** As the causes of optimized integrations read, made with the AWS SDK for Java 1. */
export function optimizedFault(error: unknown, naming: ErrorNaming, requestId: string): TaskFault {
  if (!(error instanceof AwsError)) throw error;
  const code = (error.details.queryErrorCode as string | undefined) ?? error.code;
  const about =
    `Service: ${naming.serviceName}; Status Code: ${error.statusCode}; Error Code: ${code}; ` +
    `Request ID: ${requestId}; Proxy: null`;
  return new TaskFault(errorName(error.code, naming), `${error.message} (${about})`);
}
