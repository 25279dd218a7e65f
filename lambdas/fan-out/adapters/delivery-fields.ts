import { correlationIdOf } from '../../shared/observability/correlation-id';
import type { LogFields } from '../../shared/observability/log';
import { fanOutEvent } from '../contracts/fan-out-event';

/** The event that a task is about, for the log line of a failure; nothing of a payload that is not well formed. */
export function deliveryFieldsOf(payload: unknown): LogFields {
  const event = fanOutEvent.safeParse((payload as { event?: unknown } | null)?.event).data;
  if (!event) return {};
  const { eventId, type, detail } = event;
  return { eventId, type, correlationId: correlationIdOf(detail.correlationId) };
}
