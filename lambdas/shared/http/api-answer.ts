import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { correlationIdOf } from '../observability/correlation-id';
import { errorFields } from '../observability/log';
import type { Observability } from '../observability/observe';
import { header } from './json-body';
import { Problem, problemResponse } from './problem';

/** An HTTP API event (payload format 2.0), as far as our APIs read it. */
export type ApiEvent = Pick<
  APIGatewayProxyEventV2,
  'headers' | 'body' | 'isBase64Encoded' | 'rawPath' | 'pathParameters'
> & {
  readonly queryStringParameters?: APIGatewayProxyEventV2['queryStringParameters'];
  readonly requestContext: {
    readonly requestId: string;
    readonly authorizer?: any;
  };
};

/** What leads through the logs of a request: its caller's `x-correlation-id`, or else API Gateway's id of it. */
export function correlationIdOfRequest({ headers, requestContext }: ApiEvent): string {
  return correlationIdOf(header(headers, 'x-correlation-id')) ?? requestContext.requestId;
}

/**
 * Answers a request, a refusal as its problem document; what was not foreseen is a 503 that says nothing of its
 * cause, but `advice`: how to send the request again.
 */
export async function answerApi(
  { log }: Observability,
  event: ApiEvent,
  advice: string,
  respond: () => Promise<APIGatewayProxyStructuredResultV2>,
): Promise<APIGatewayProxyStructuredResultV2> {
  const { requestId } = event.requestContext;
  const correlationId = correlationIdOfRequest(event);
  try {
    return await respond();
  } catch (error) {
    if (error instanceof Problem) {
      log.info('The request is refused', { requestId, correlationId, status: error.status, kind: error.kind });
      return problemResponse(error, event.rawPath);
    }
    log.error('The request failed', { requestId, correlationId, ...errorFields(error) });
    return problemResponse(
      new Problem(
        503,
        'temporarily-unavailable',
        'Temporarily unavailable',
        `The request ${requestId} could not be carried out; ${advice}.`,
        [],
        { 'retry-after': '1' },
      ),
      event.rawPath,
    );
  }
}

/** A JSON answer that no cache keeps. */
export function jsonResponse(
  statusCode: number,
  body: object,
  headers: Record<string, string> = {},
): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify(body),
  };
}
