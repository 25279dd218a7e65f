import { request as httpRequest } from 'node:http';
import { AwsError } from '../wire/aws-error';
import type { Service } from '../wire/service';

/** What the Lambda API takes for an Invoke. */
interface InvokeInput {
  readonly FunctionName: string;
  readonly Qualifier?: string;
  readonly InvocationType?: string;
  readonly LogType?: string;
  readonly ClientContext?: string;
  readonly Payload?: Buffer | string;
}

/** The Invoke action of Lambda, carried out by another server over HTTP; every function fails when there is none. */
export function remoteLambda(endpoint: string | undefined): Service {
  return {
    name: 'lambda',
    protocols: [],
    actions: {
      Invoke: {
        handle(input: InvokeInput, call) {
          if (!endpoint) {
            throw new AwsError(
              'ServiceException',
              'No Lambda endpoint: set AWS_ENDPOINT_URL_LAMBDA to the URL of a server that answers Invoke.',
              500,
            );
          }
          return invoke(new URL(endpoint), input, call.signal);
        },
      },
    },
  };
}

function invoke(endpoint: URL, input: InvokeInput, signal: AbortSignal | undefined): Promise<object> {
  const qualifier = input.Qualifier ? `?Qualifier=${encodeURIComponent(input.Qualifier)}` : '';
  const name = encodeURIComponent(input.FunctionName);
  const body = input.Payload ?? '';
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        host: endpoint.hostname,
        port: endpoint.port,
        method: 'POST',
        path: `/2015-03-31/functions/${name}/invocations${qualifier}`,
        signal,
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'x-amz-invocation-type': input.InvocationType ?? 'RequestResponse',
          ...(input.LogType ? { 'x-amz-log-type': input.LogType } : {}),
          ...(input.ClientContext ? { 'x-amz-client-context': input.ClientContext } : {}),
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const { statusCode = 500, headers } = response;
          const payload = Buffer.concat(chunks);
          if (statusCode >= 300) return reject(errorOf(statusCode, headers, payload));
          resolve({
            StatusCode: statusCode,
            FunctionError: headers['x-amz-function-error'],
            ExecutedVersion: headers['x-amz-executed-version'],
            LogResult: headers['x-amz-log-result'],
            Payload: payload,
          });
        });
      },
    );
    request.on('error', (error) => reject(unreachable(endpoint, error)));
    request.end(body);
  });
}

function errorOf(statusCode: number, headers: Record<string, unknown>, payload: Buffer): AwsError {
  let body: { Message?: string; message?: string } = {};
  try {
    body = JSON.parse(payload.toString('utf8'));
  } catch {
    // The status and the header say enough.
  }
  const code = String(headers['x-amzn-errortype'] ?? 'ServiceException').split(':')[0]!;
  return new AwsError(code, body.Message ?? body.message ?? '', statusCode);
}

function unreachable(endpoint: URL, error: Error): AwsError {
  return new AwsError('ServiceException', `Lambda at ${endpoint.origin} does not answer: ${error.message}`, 500);
}
