import { AwsError } from '../../wire/aws-error';

/** Why an attempt failed, as the dead letter says it, and whether trying again may help. */
export interface DeliveryError {
  readonly code: string;
  readonly message: string;
  readonly isRetryable: boolean;
}

/**
 * Missing permissions and missing targets are not tried again, throttling and faults of the target's service are.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
export function deliveryError(error: unknown): DeliveryError {
  const code = error instanceof AwsError ? codeOf(error) : 'INTERNAL_ERROR';
  const isRetryable = ['THROTTLING', 'INTERNAL_ERROR'].includes(code);
  return { code, message: error instanceof Error ? error.message : String(error), isRetryable };
}

function codeOf(error: AwsError): string {
  // SNS has a word of its own.
  if (/^(AccessDenied|AuthorizationError)/.test(error.code)) {
    return error.message.includes('sts:AssumeRole') ? 'FAILED_TO_ASSUME_ROLE' : 'NO_PERMISSIONS';
  }
  if (/Throttl|TooManyRequests|LimitExceeded|OverLimit/.test(error.code)) return 'THROTTLING';
  if (/DoesNotExist|NotFound/.test(error.code)) return 'NO_RESOURCE';
  if (error.code === 'ExecutionAlreadyExists') return 'RESOURCE_ALREADY_EXISTS';
  if (error.fault === 'server') return 'INTERNAL_ERROR';
  return /Invalid|Validation|Missing/.test(error.code) ? 'INVALID_PARAMETER' : 'SDK_CLIENT_ERROR';
}
