import { AwsError } from '../../wire/aws-error';
import type { Host } from '../../wire/host';
import { type ApiResponse, integrationFailed, unavailable } from './api-response';
import { lambdaEvent } from './lambda-event';
import { readResponse } from './lambda-response';
import type { Integration } from './model';
import type { Exchange } from './request-context';
import { routePath } from './route-match';

/** The ARN of a method of a stage, as permissions of functions and `execute-api:Invoke` name it. */
export function methodArn(host: Host, exchange: Exchange, path: string): string {
  const { api, stage, request } = exchange;
  return `arn:aws:execute-api:${host.region}:${host.accountId}:${api.id}/${stage?.name}/${request.method}${path}`;
}

/** Invokes the function of a route and reads its answer; throws the refusal that AWS answers when that goes wrong. */
export async function invokeFunction(host: Host, integration: Integration, exchange: Exchange): Promise<ApiResponse> {
  const { key } = exchange.route!;
  const caller = {
    kind: 'service',
    principal: 'apigateway.amazonaws.com',
    // Functions permit the route's own path, variables and all: `API/*/*/orders/{orderId}`.
    sourceArn:
      key === '$default'
        ? `${methodArn(host, exchange, '').split('/').slice(0, 2).join('/')}/$default`
        : methodArn(host, exchange, routePath(key)),
    accountId: host.accountId,
  } as const;
  const event = lambdaEvent(host, exchange);
  const input = { FunctionName: integration.functionArn, Payload: Buffer.from(JSON.stringify(event)) };
  const answer = host.call(caller, 'lambda', 'Invoke', input, undefined, event.headers['x-amzn-trace-id']);
  const output = await within(host, integration.timeoutMs, answer.catch(translate));
  if (output.FunctionError) {
    throw integrationFailed(`The Lambda function ${integration.functionArn} failed: ${output.Payload}`);
  }
  return readResponse(Buffer.from(output.Payload));
}

function translate(error: unknown): never {
  if (!(error instanceof AwsError)) throw error;
  if (/TooManyRequests|Throttl/.test(error.code)) throw unavailable(error.message);
  throw integrationFailed(error.message);
}

function within<Result>(host: Host, timeoutMs: number, answer: Promise<Result>): Promise<Result> {
  const { clock } = host.kernel;
  return new Promise((resolve, reject) => {
    const timer = clock.schedule(clock.now() + timeoutMs, () =>
      reject(unavailable(`The integration did not answer within ${timeoutMs} ms.`)),
    );
    answer.then(resolve, reject).finally(() => timer.cancel());
  });
}
