import type { Clock } from '../../shared/clock';
import type { Invocation } from '../../shared/invocation';
import { correlationIdOf } from '../../shared/observability/correlation-id';
import { errorFields } from '../../shared/observability/log';
import type { Observability } from '../../shared/observability/observe';
import { parseInput } from '../../shared/validation/parse-input';
import {
  WebhookFailed,
  WebhookRefused,
  WebhookThrottled,
  WebhookTimedOut,
  WebhookUnavailable,
} from '../contracts/errors';
import { deliveryInput, type FanOutEvent } from '../contracts/fan-out-event';
import type { CallReport, Permit } from './breaker/breaker';
import type { SharedBreaker } from './breaker/shared-breaker';
import type { createDeliverOnce, DeliveryAttempt, DeliveryOutcome } from './deliver-once';
import type { Settlement } from './delivery-records';
import type { Webhook, WebhookSecrets } from './webhook';
import { signWebhook } from './webhook-signature';

/** What calling the webhook works with. */
export interface CallWebhookProps extends Observability {
  readonly deliverOnce: ReturnType<typeof createDeliverOnce>;
  readonly webhook: Webhook;
  readonly secrets: WebhookSecrets;
  readonly breaker: SharedBreaker;
  readonly clock: Clock;
}

/** Answers of a receiver that does not know the secret. */
const UNAUTHENTICATED = [401, 403];

/**
 * The task CallWebhook: sends an event to the webhook, signed, unless it has it. Throws InvalidInput, WebhookRefused,
 * WebhookFailed, WebhookTimedOut, WebhookThrottled, WebhookUnavailable, DeliveryInProgress.
 */
export function createCallWebhook(props: CallWebhookProps) {
  const { deliverOnce, breaker, log, meter } = props;
  return async (payload: unknown, invocation: Invocation): Promise<DeliveryOutcome> => {
    const { event } = parseInput(deliveryInput, payload);
    return deliverOnce({ event, target: 'webhook' }, invocation, (attempt) => guarded(event, attempt));
  };

  async function guarded(event: FanOutEvent, { owner, untilMs }: DeliveryAttempt): Promise<Settlement> {
    const permit = await breaker.ask({ name: owner, untilMs });
    if (!permit) {
      meter.count('WebhookHeldBack');
      throw new WebhookUnavailable('The webhook is down, so it was not called.');
    }
    try {
      await callWebhook(props, event);
      await tell(permit, { kind: 'up' });
      return { status: 'delivered' };
    } catch (error) {
      const says = reportOf(error);
      if (says) await tell(permit, says);
      throw error;
    }
  }

  /** What became of a delivery does not hang on whether the breaker could be told. */
  async function tell(permit: Permit, says: CallReport): Promise<void> {
    await breaker.tell(permit, says).catch((error) => {
      log.warn('The breaker could not be told of a call', errorFields(error));
    });
  }
}

async function callWebhook({ webhook, secrets, clock }: CallWebhookProps, event: FanOutEvent): Promise<void> {
  const body = webhookBody(event);
  const correlationId = correlationIdOf(event.detail.correlationId);
  const send = (live: readonly string[]) => {
    const headers = {
      ...signWebhook({ id: event.eventId, body, nowMs: clock.now() }, live),
      ...(correlationId !== undefined && { 'x-correlation-id': correlationId }),
    };
    return webhook.post({ headers, body });
  };
  const live = await secrets.live();
  let answer = await send(live);
  if (UNAUTHENTICATED.includes(answer.status)) {
    // The secret may have been rotated within the minute for which it is kept here.
    const fresh = await secrets.refresh();
    if (fresh.join(' ') !== live.join(' ')) answer = await send(fresh);
  }
  const { status, retryAfterMs } = answer;
  if (status >= 200 && status < 300) return;
  const said = `The webhook answered ${status}`;
  if (status === 429 || (status === 503 && retryAfterMs !== undefined)) throw new WebhookThrottled(said, retryAfterMs);
  if (status === 408 || status >= 500) throw new WebhookFailed(`${said}; try again.`);
  throw new WebhookRefused(`${said}: it will not take the event as it is.`);
}

/** What the receiver gets: the same bytes for the same event, however often it is sent. */
export function webhookBody({ type, detail }: FanOutEvent): string {
  const { occurredAt, ...data } = detail;
  return JSON.stringify({ type, timestamp: occurredAt, data });
}

/** What a failure says of the webhook; nothing when it is another's, such as that of a secret that cannot be read. */
function reportOf(error: unknown): CallReport | undefined {
  if (error instanceof WebhookThrottled && error.retryAfterMs !== undefined) {
    return { kind: 'paused', forMs: error.retryAfterMs };
  }
  // Who refuses or asks for time is there.
  if (error instanceof WebhookRefused || error instanceof WebhookThrottled) return { kind: 'up' };
  return error instanceof WebhookFailed || error instanceof WebhookTimedOut ? { kind: 'down' } : undefined;
}
