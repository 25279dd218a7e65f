import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type { Sender } from '../../../lambdas/shared/aws/sender';
import type { Clock } from '../../../local/kernel/clock';
import { AwsError } from '../../../local/wire/aws-error';
import { pass } from './disturbed-service';

/** The SDK's settings in lambdas/shared/aws/client-settings.ts. */
const MOST_ATTEMPTS = 3;
const REQUEST_TIMEOUT_MS = 3_000;

/** What a client of a function works with. */
export interface FunctionClientProps {
  readonly clock: Clock;
  /** Calls an action of the service. */
  readonly call: (action: string, input: object) => Promise<any>;
  /** Runs around each attempt: where a process crashes or stands still. */
  readonly around: <T>(attempt: () => Promise<T>) => Promise<T>;
  readonly newToken: () => string;
}

/**
 * A client as the SDK's is from within a function: it waits three seconds for an answer, and asks again when it was a
 * server's error or throttling or none came. A transaction keeps its token over its attempts.
 */
export function functionClient({ clock, call, around, newToken }: FunctionClientProps): Sender {
  return {
    async send(command) {
      const action = command.constructor.name.replace(/Command$/, '');
      const isTransaction = action === 'TransactWriteItems';
      const input = isTransaction ? { ClientRequestToken: newToken(), ...command.input } : command.input;
      for (let attempt = 1; ; attempt++) {
        try {
          return await around(() => inTime(clock, call(action, input)));
        } catch (error) {
          if (attempt >= MOST_ATTEMPTS || !isRetryable(error)) throw asSdkError(error);
          await pass(clock, 50 * 2 ** attempt);
        }
      }
    },
  };
}

function inTime<T>(clock: Clock, answer: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = clock.schedule(clock.now() + REQUEST_TIMEOUT_MS, () =>
      reject(Object.assign(new Error('the request timed out'), { name: 'TimeoutError' })),
    );
    answer.then(resolve, reject).finally(() => timer.cancel());
  });
}

/** https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html */
function isRetryable(error: unknown): boolean {
  if (!(error instanceof AwsError)) return (error as Error).name === 'TimeoutError';
  return error.statusCode >= 500 || /Throttl|ProvisionedThroughput/.test(error.code);
}

function asSdkError(error: unknown): unknown {
  if (!(error instanceof AwsError)) return error;
  const { code, message, details } = error;
  const shape = { message, $metadata: {}, ...details } as any;
  if (code === 'ConditionalCheckFailedException') return new ConditionalCheckFailedException(shape);
  if (code === 'TransactionCanceledException') return new TransactionCanceledException(shape);
  return Object.assign(new Error(message), { name: code });
}
