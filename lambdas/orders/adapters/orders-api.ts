import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type ApiEvent, answerApi } from '../../shared/http/api-answer';
import type { Observability } from '../../shared/observability/observe';

/** Answers a request of the orders API; see answerApi. */
export function answer(
  observability: Observability,
  event: ApiEvent,
  respond: () => Promise<APIGatewayProxyStructuredResultV2>,
): Promise<APIGatewayProxyStructuredResultV2> {
  return answerApi(observability, event, 'send it again with the same Idempotency-Key or orderId', respond);
}
