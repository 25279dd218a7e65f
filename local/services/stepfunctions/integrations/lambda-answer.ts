import { TaskFault } from './integration';

/** What `Host.call(…, 'lambda', 'Invoke', …)` gives. */
export interface LambdaAnswer {
  readonly StatusCode?: number;
  readonly FunctionError?: string;
  readonly Payload?: Uint8Array | string;
  readonly ExecutedVersion?: string;
  readonly LogResult?: string;
  readonly RequestId?: string;
}

/** The payload as text; empty when the function was only queued. */
export function payloadText(answer: LambdaAnswer): string {
  const { Payload: payload } = answer;
  if (payload === undefined || typeof payload === 'string') return payload ?? '';
  return Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString('utf8');
}

/**
 * Throws the function's own error: its `errorType` is what ErrorEquals sees, the whole payload the cause.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export function refuseFunctionError(answer: LambdaAnswer, payload: string): void {
  if (!answer.FunctionError) return;
  let errorType: unknown;
  try {
    errorType = JSON.parse(payload)?.errorType;
  } catch {
    errorType = undefined;
  }
  if (typeof errorType === 'string' && errorType !== '') throw new TaskFault(errorType, payload);
  throw new TaskFault(
    'Lambda.Unknown',
    `The cause could not be determined because Lambda did not return an error type. Returned payload: ${payload}`,
  );
}
