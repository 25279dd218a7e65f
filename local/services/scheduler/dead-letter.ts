import { AwsError } from '../../wire/aws-error';
import type { Invocation } from './model';
import { isoSeconds } from './target-input';

/** Which limit of the retry policy was reached. */
export type ExhaustedCondition = 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds';

/** Why an attempt failed, as AWS's SDKs name it. */
export interface AttemptError {
  readonly code: string;
  readonly message: string;
}

/** Reads what a target's service, or our own defect, threw. SQS keeps the codes of its older protocol. */
export function attemptError(error: unknown): AttemptError {
  if (!(error instanceof AwsError)) return { code: 'InternalFailure', message: String(error) };
  return { code: (error.details.queryErrorCode as string | undefined) ?? error.code, message: error.message };
}

/**
 * The message for the dead-letter queue of an invocation that was given up.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html
 */
export function deadLetter(invocation: Invocation, input: string, error: AttemptError, exhausted: ExhaustedCondition) {
  const attributes: Readonly<Record<string, string>> = {
    ERROR_CODE: error.code,
    ERROR_MESSAGE: error.message || error.code,
    EXECUTION_ID: invocation.executionId,
    EXHAUSTED_RETRY_CONDITION: exhausted,
    // An input is smaller than a message may be.
    IS_PAYLOAD_TRUNCATED: 'false',
    RETRY_ATTEMPTS: String(invocation.attempts - 1),
    SCHEDULED_TIME: isoSeconds(invocation.scheduledAtMs),
    SCHEDULE_ARN: invocation.scheduleArn,
    TARGET_ARN: invocation.target.Arn,
  };
  return {
    MessageBody: input,
    MessageAttributes: Object.fromEntries(
      Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
    ),
  };
}
