import type { Clock } from '../../shared/clock';
import type { FaultSource, InjectedFault } from '../../shared/faults/fault';
import { correlationIdOf } from '../../shared/observability/correlation-id';
import type { Observability } from '../../shared/observability/observe';
import type { WebhookSecrets } from './webhook';
import { isSignedWebhook } from './webhook-signature';

/** The port to what the receiver has got. */
export interface ReceivedWebhooks {
  /** Counts one more receipt of an event, and keeps its first body. */
  add(eventId: string, body: string): Promise<void>;
}

/** What receiving works with. */
export interface ReceiveWebhookProps extends Observability {
  readonly secrets: WebhookSecrets;
  readonly received: ReceivedWebhooks;
  readonly clock: Clock;
  readonly faults?: FaultSource;
}

/** What the receiver answers. */
export interface ReceiverAnswer {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Longer than any sender waits. */
const NO_ANSWER_MS = 20_000;

/**
 * The built-in receiver: takes what is signed and writes down what it got, by id. It misbehaves as the faults table says:
 * `decline` is 410, `errorBeforeEffect` 500, `throttled` 429 with Retry-After, `timeoutAfterEffect` takes the event and
 * does not answer in time, `slow` takes its time.
 */
export function createReceiveWebhook({ secrets, received, clock, faults, log, meter }: ReceiveWebhookProps) {
  return async (headers: Readonly<Record<string, string | undefined>>, body: string): Promise<ReceiverAnswer> => {
    const correlationId = correlationIdOf(headers['x-correlation-id']);
    if (!isSignedWebhook(headers, body, await secrets.live(), clock.now())) {
      if (!isSignedWebhook(headers, body, await secrets.refresh(), clock.now())) {
        meter.count('WebhookSignatureInvalid');
        log.warn('A webhook is not signed as it should be', { correlationId });
        return { statusCode: 401 };
      }
    }
    const eventId = headers['webhook-id'] as string;
    log.info('A webhook has come', { eventId, correlationId });
    const fault = await faults?.take(eventId, 'webhook');
    const refusal = refusalOf(fault);
    if (refusal) return refusal;
    if (fault?.kind === 'slow') await clock.sleep(fault.delayMilliseconds ?? 0);
    await received.add(eventId, body);
    if (fault?.kind === 'timeoutAfterEffect') await clock.sleep(NO_ANSWER_MS);
    return { statusCode: 204 };
  };
}

function refusalOf(fault: InjectedFault | undefined): ReceiverAnswer | undefined {
  switch (fault?.kind) {
    case 'decline':
      return { statusCode: 410 };
    case 'errorBeforeEffect':
      return { statusCode: 500 };
    case 'throttled':
      return { statusCode: 429, headers: { 'retry-after': '2' } };
    default:
      return undefined;
  }
}
