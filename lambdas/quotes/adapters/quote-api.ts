import { QuantityTooLarge, UnknownProducts } from '../../orders/domain/order-refusals';
import type { Clock } from '../../shared/clock';
import { type ApiEvent, answerApi, correlationIdOfRequest, jsonResponse } from '../../shared/http/api-answer';
import { readJsonBody } from '../../shared/http/json-body';
import { Problem } from '../../shared/http/problem';
import type { Invocation } from '../../shared/invocation';
import type { Observability } from '../../shared/observability/observe';
import { SIGNALS } from '../../shared/observability/workflow-signals';
import { schemaFaults } from '../../shared/validation/schema-faults';
import { type QuoteRequest, quoteRequest } from '../contracts/quote-request';
import { DependencyOut, DestinationNotServed } from '../domain/quote-refusals';
import type { createRequestQuote } from '../domain/request-quote';

/**
 * `POST /quotes`: 200 with the quote, or a problem document; 503 with Retry-After when something is out. A request that was
 * answered is good, whatever the answer says of it.
 */
export function createQuoteApi(
  requestQuote: ReturnType<typeof createRequestQuote>,
  { clock, ...observability }: Observability & { readonly clock: Clock },
) {
  const { meter } = observability;
  return async (event: ApiEvent, invocation: Invocation) => {
    const startedAt = clock.now();
    const answer = await answerApi(observability, event, 'send it again', async () => {
      const request = checked(readJsonBody(event));
      const quote = await requestQuote(request, invocation, correlationIdOfRequest(event)).catch((error) => {
        throw problemOf(error, request) ?? error;
      });
      return jsonResponse(200, quote);
    });
    const isAnswered = (answer.statusCode ?? 500) < 500;
    meter.count(isAnswered ? SIGNALS.good : SIGNALS.bad);
    if (isAnswered) meter.seconds(SIGNALS.endToEnd, (clock.now() - startedAt) / 1000);
    return answer;
  };
}

function checked(body: unknown): QuoteRequest {
  const parsed = quoteRequest.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new Problem(
    400,
    'invalid-quote-request',
    'Invalid quote request',
    'No quote can be made of this; correct what the errors point to.',
    schemaFaults(parsed.error.issues, body),
  );
}

function problemOf(error: unknown, { lines }: QuoteRequest): Problem | undefined {
  const faultsOf = (sku: string, field: string, detail: string) =>
    lines.flatMap((line, index) => (line.sku === sku ? [{ pointer: `/lines/${index}/${field}`, detail }] : []));
  if (error instanceof UnknownProducts) {
    const errors = error.skus.flatMap((sku) => faultsOf(sku, 'sku', `no product is called ${sku}`));
    return new Problem(422, 'unknown-product', 'Unknown product', error.message, errors);
  }
  if (error instanceof QuantityTooLarge) {
    const errors = faultsOf(error.sku, 'quantity', error.message);
    return new Problem(422, 'quantity-too-large', 'Quantity too large', error.message, errors);
  }
  if (error instanceof DestinationNotServed) {
    const errors = [{ pointer: '/destination/country', detail: error.message }];
    return new Problem(422, 'destination-not-served', 'Destination not served', error.message, errors);
  }
  if (error instanceof DependencyOut) {
    return new Problem(503, 'dependency-out', 'Temporarily unavailable', error.message, [], {
      'retry-after': String(error.retryAfterSeconds),
    });
  }
  return undefined;
}
