import type { Caller } from '../../../wire/caller';
import type { Host } from '../../../wire/host';
import { TaskFault } from './integration';
import { type LambdaAnswer, payloadText, refuseFunctionError } from './lambda-answer';
import { LAMBDA_NAMING } from './lambda-invoke';
import { optimizedFault } from './service-error';

/** The largest result of a task; looked at before the result is read as JSON. */
const LIMIT_BYTES = 262144;

/**
 * A task whose Resource is a function's ARN: the state's input is the event, the answer is the result, as JSON text.
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html
 */
export async function invokeFunction(
  host: Host,
  caller: Caller,
  functionArn: string,
  input: string,
  signal: AbortSignal,
  traceHeader?: string,
): Promise<string> {
  const request = { FunctionName: functionArn, InvocationType: 'RequestResponse', Payload: Buffer.from(input) };
  let answer: LambdaAnswer;
  try {
    answer = await host.call(caller, 'lambda', 'Invoke', request, signal, traceHeader);
  } catch (error) {
    throw optimizedFault(error, LAMBDA_NAMING, host.kernel.random.uuid());
  }
  const text = payloadText(answer);
  refuseFunctionError(answer, text);
  if (text.length > LIMIT_BYTES) {
    throw new TaskFault(
      'States.DataLimitExceeded',
      `The state/task '${functionArn}' returned a result with a size exceeding the maximum number of bytes service limit.`,
    );
  }
  try {
    JSON.parse(text || 'null');
  } catch {
    throw new TaskFault('States.Runtime', `The function ${functionArn} returned a result that is not JSON`);
  }
  return text || 'null';
}
