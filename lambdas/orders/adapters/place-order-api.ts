import { type ApiEvent, correlationIdOfRequest, jsonResponse } from '../../shared/http/api-answer';
import { header, readJsonBody } from '../../shared/http/json-body';
import { Problem } from '../../shared/http/problem';
import { KeyReused } from '../../shared/idempotency/key-reused';
import { StepInProgress } from '../../shared/idempotency/step-in-progress';
import type { Invocation } from '../../shared/invocation';
import type { Observability } from '../../shared/observability/observe';
import { schemaFaults } from '../../shared/validation/schema-faults';
import { type PlaceOrderAnswer, type PlaceOrderRequest, placeOrderRequest } from '../contracts/place-order';
import { OrderIdTaken, QuantityTooLarge, UnknownProducts } from '../domain/order-refusals';
import { ownerOf } from '../domain/owner';
import type { createPlaceOrder } from '../domain/place-order';
import { apiCallerOf } from './api-caller';
import { answer } from './orders-api';

/** `POST /orders`: 202 with the order's id, where its status is, and what leads through its logs; or a problem document. */
export function createPlaceOrderApi(placeOrder: ReturnType<typeof createPlaceOrder>, observability: Observability) {
  return (event: ApiEvent, invocation: Invocation) =>
    answer(observability, event, async () => {
      const owner = ownerOf(apiCallerOf(event.requestContext));
      const idempotencyKey = idempotencyKeyOf(event);
      const request = checked(readJsonBody(event));
      const correlationId = correlationIdOfRequest(event);
      const { orderId } = await placeOrder({ request, owner, idempotencyKey, correlationId }, invocation).catch(
        (error) => {
          throw problemOf(error, request) ?? error;
        },
      );
      // The path that was asked for, since a stage that is not the default one stands before the route.
      const statusUrl = `${event.rawPath}/${orderId}`;
      const body: PlaceOrderAnswer = { orderId, status: 'OrderAccepted', statusUrl };
      return jsonResponse(202, body, { location: statusUrl, 'x-correlation-id': correlationId });
    });
}

function idempotencyKeyOf(event: ApiEvent): string | undefined {
  const key = header(event.headers, 'idempotency-key');
  if (key === undefined || /^[\x20-\x7e]{1,255}$/.test(key)) return key;
  throw new Problem(
    400,
    'invalid-idempotency-key',
    'Invalid Idempotency-Key',
    `The Idempotency-Key has ${key.length} characters; send 1 to 255 printable ASCII characters.`,
  );
}

function checked(body: unknown): PlaceOrderRequest {
  const parsed = placeOrderRequest.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new Problem(
    422,
    'invalid-order',
    'Invalid order',
    'The order cannot be accepted as it is; correct what the errors point to.',
    schemaFaults(parsed.error.issues, body),
  );
}

function problemOf(error: unknown, { lines }: PlaceOrderRequest): Problem | undefined {
  const pointersTo = (sku: string) => lines.flatMap((line, index) => (line.sku === sku ? [`/lines/${index}`] : []));
  if (error instanceof UnknownProducts) {
    const errors = error.skus.flatMap((sku) =>
      pointersTo(sku).map((pointer) => ({ pointer: `${pointer}/sku`, detail: `no product is called ${sku}` })),
    );
    return new Problem(422, 'unknown-product', 'Unknown product', error.message, errors);
  }
  if (error instanceof QuantityTooLarge) {
    const errors = pointersTo(error.sku).map((pointer) => ({ pointer: `${pointer}/quantity`, detail: error.message }));
    return new Problem(422, 'quantity-too-large', 'Quantity too large', error.message, errors);
  }
  if (error instanceof OrderIdTaken) return new Problem(409, 'order-id-taken', 'Order id taken', error.message);
  if (error instanceof KeyReused) {
    return new Problem(
      422,
      'idempotency-key-reused',
      'Idempotency-Key reused',
      'This Idempotency-Key was sent before with another body; use a new key for a new order.',
    );
  }
  if (error instanceof StepInProgress) {
    return new Problem(
      409,
      'idempotency-key-in-use',
      'Idempotency-Key in use',
      'A request with this Idempotency-Key is being worked on; send it again in a moment.',
      [],
      { 'retry-after': '1' },
    );
  }
  return undefined;
}
