import type { LogFields } from '../../shared/observability/log';
import { correlationIdField, orderIdField } from '../contracts/fields';

/** The order that a payload is about, for the log line of a failure; nothing of a payload that is not well formed. */
export function orderFieldsOf(payload: unknown): LogFields {
  const { orderId, correlationId } = (payload ?? {}) as Record<string, unknown>;
  return {
    orderId: orderIdField.safeParse(orderId).data,
    correlationId: correlationIdField.safeParse(correlationId).data,
  };
}

/** The order that an EventBridge event in a queue is about, for the log line of a failure. */
export function orderFieldsOfMessage(body: string): LogFields {
  try {
    const { id, detail } = JSON.parse(body);
    const { orderId, correlationId } = orderFieldsOf(detail);
    return { orderId, correlationId: correlationId ?? correlationIdField.safeParse(id).data };
  } catch {
    return {};
  }
}
