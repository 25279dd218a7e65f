import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { Problem, problemResponse } from '../../shared/http/problem';
import { errorFields } from '../../shared/observability/log';
import type { Observability } from '../../shared/observability/observe';

/** An HTTP API event, as far as the orders API reads it. */
export type ApiEvent = Pick<
  APIGatewayProxyEventV2,
  'headers' | 'body' | 'isBase64Encoded' | 'rawPath' | 'pathParameters'
> & {
  readonly requestContext: {
    readonly requestId: string;
    readonly authorizer?: any;
  };
};

/**
 * Answers a request, a refusal as its problem document; what was not foreseen is a 500 that says nothing of its
 * cause.
 */
export async function answer(
  { log }: Observability,
  event: ApiEvent,
  respond: () => Promise<APIGatewayProxyStructuredResultV2>,
): Promise<APIGatewayProxyStructuredResultV2> {
  const { requestId } = event.requestContext;
  try {
    return await respond();
  } catch (error) {
    if (error instanceof Problem) {
      log.info('The request is refused', { requestId, status: error.status, kind: error.kind });
      return problemResponse(error, event.rawPath);
    }
    log.error('The request failed', { requestId, ...errorFields(error) });
    return problemResponse(
      new Problem(
        503,
        'temporarily-unavailable',
        'Temporarily unavailable',
        `The request ${requestId} could not be carried out; send it again with the same Idempotency-Key or orderId.`,
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
