import { AwsError } from '../../../wire/aws-error';

/** Why an endpoint did not take a message, and whether trying again may help. */
export class EndpointError extends Error {
  override readonly name = 'EndpointError';

  constructor(
    message: string,
    readonly isRetryable: boolean,
  ) {
    super(message);
  }
}

/**
 * Errors of the client (a missing permission, an endpoint that is gone) are not tried again, throttling and faults of the
 * endpoint are. https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html
 */
export function endpointError(error: unknown): EndpointError {
  if (error instanceof EndpointError) return error;
  if (!(error instanceof AwsError)) return new EndpointError(String(error), true);
  const isRetryable = error.fault === 'server' || /Throttl|TooManyRequests|OverLimit/.test(error.code);
  return new EndpointError(`${error.code}: ${error.message}`, isRetryable);
}
