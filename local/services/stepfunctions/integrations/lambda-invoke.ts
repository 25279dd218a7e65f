import type { Json } from '../../../engine/contract';
import { type Integration, objectParameters, textOf } from './integration';
import { type LambdaAnswer, payloadText, refuseFunctionError } from './lambda-answer';
import { unknownAction } from './optimized';
import { sdkMetadata } from './sdk-metadata';
import { type ErrorNaming, optimizedFault } from './service-error';

/** How exceptions of Lambda's own API are named, by `lambda:invoke` and by plain function ARNs alike. */
export const LAMBDA_NAMING: ErrorNaming = {
  prefix: 'Lambda',
  generic: 'AWSLambdaException',
  serviceName: 'AWSLambda',
};

/** https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html */
export const lambdaInvoke: Integration = async (call) => {
  if (call.action !== 'invoke') throw unknownAction(call);
  const { Payload: payload, ...parameters } = objectParameters(call);
  const ownId = call.host.kernel.random.uuid();
  // A string is taken for the payload's bytes, anything else for JSON.
  const payloadBytes = Buffer.from(textOf(payload) ?? '{}');
  const input = { InvocationType: 'RequestResponse', ...parameters, Payload: payloadBytes };
  let answer: LambdaAnswer;
  try {
    answer = await call.host.call(call.caller, 'lambda', 'Invoke', input, call.signal, call.traceHeader);
  } catch (error) {
    throw optimizedFault(error, LAMBDA_NAMING, ownId);
  }
  const text = payloadText(answer);
  refuseFunctionError(answer, text);
  const version = answer.ExecutedVersion ?? '$LATEST';
  // The id by which the function's own log names the invocation, so that a history leads to it.
  const requestId = answer.RequestId ?? ownId;
  const metadata = sdkMetadata(requestId, call.host.kernel.clock.now(), text, 'application/json', {
    'X-Amz-Executed-Version': version,
    'x-amzn-Remapped-Content-Length': '0',
    'X-Amzn-Trace-Id': `root=1-${requestId.slice(0, 8)}-${requestId.replaceAll('-', '').slice(8)};sampled=0`,
  });
  return JSON.stringify({
    ExecutedVersion: version,
    ...(answer.LogResult === undefined ? {} : { LogResult: answer.LogResult }),
    Payload: jsonOrText(text),
    ...metadata,
    StatusCode: answer.StatusCode ?? 200,
  });
};

function jsonOrText(text: string): Json {
  if (text === '') return '';
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
