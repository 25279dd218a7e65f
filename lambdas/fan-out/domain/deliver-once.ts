import type { Clock } from '../../shared/clock';
import type { Invocation } from '../../shared/invocation';
import { correlationIdOf } from '../../shared/observability/correlation-id';
import { errorFields } from '../../shared/observability/log';
import type { Observability } from '../../shared/observability/observe';
import { SIGNALS } from '../../shared/observability/workflow-signals';
import { DeliveryInProgress } from '../contracts/errors';
import type { FanOutEvent } from '../contracts/fan-out-event';
import type { Target } from '../contracts/names';
import type { DeliveryKey, DeliveryRecords, Settlement } from './delivery-records';

/** What delivering once works with. */
export interface DeliverOnceProps extends Observability {
  readonly records: DeliveryRecords;
  readonly clock: Clock;
  /** Makes the word by which a claim is known to be ours; another one each time. */
  readonly newOwner: () => string;
}

/** An event on its way to one target. */
export interface Delivery {
  readonly event: FanOutEvent;
  readonly target: Target;
}

/** What a target's task answers. */
export interface DeliveryOutcome {
  readonly status: 'delivered' | 'skipped' | 'parked';
  readonly providerId?: string;
}

/** What an attempt may know. */
export interface DeliveryAttempt {
  /** The word of this attempt's claim, and until when it holds. */
  readonly owner: string;
  readonly untilMs: number;
}

/**
 * Runs `deliver` unless the event's row for this target says that it is delivered, has nothing to deliver, or is parked.
 * A second sending can only follow an attempt whose outcome nobody wrote down: the process died, or the target's answer
 * was lost. Throws DeliveryInProgress while another invocation is at it, and what `deliver` throws.
 */
export function createDeliverOnce({ records, clock, newOwner, log, meter }: DeliverOnceProps) {
  return async (
    { event, target }: Delivery,
    invocation: Pick<Invocation, 'getRemainingTimeInMillis'>,
    deliver: (attempt: DeliveryAttempt) => Promise<Settlement>,
  ): Promise<DeliveryOutcome> => {
    const key: DeliveryKey = { eventId: event.eventId, target };
    const about = { correlationId: correlationIdOf(event.detail.correlationId) };
    const owner = newOwner();
    const untilMs = clock.now() + invocation.getRemainingTimeInMillis();
    const claim = await records.claim(key, owner, untilMs);
    if (claim.kind === 'settled') {
      log.info('The delivery was settled before', { ...key, ...about, status: claim.status });
      return { status: claim.status, providerId: claim.providerId };
    }
    if (claim.kind === 'busy') throw new DeliveryInProgress(`Somebody else is at ${key.target} of ${key.eventId}.`);
    if (claim.isUncertain) meter.count('DeliveryUncertain');
    let isAccepted = false;
    try {
      const settlement = await deliver({ owner, untilMs });
      isAccepted = settlement.status === 'delivered';
      await settleInsisting(key, settlement, untilMs);
      meter.count(settlement.status === 'delivered' ? 'Delivered' : 'DeliverySkipped');
      meter.count(SIGNALS.good);
      const seconds = (clock.now() - Date.parse(String(event.detail.occurredAt))) / 1000;
      if (!Number.isNaN(seconds)) meter.seconds(SIGNALS.endToEnd, seconds);
      log.info('The delivery is settled', { ...key, ...about, status: settlement.status });
      return { status: settlement.status, providerId: settlement.providerId };
    } catch (error) {
      // What was accepted and could not be written down is sent again; so is what got no clear answer.
      const mayHaveLanded = isAccepted || (error as { mayHaveLanded?: boolean }).mayHaveLanded === true;
      await records.release(key, owner, { mayHaveLanded }).catch((failure) => {
        log.warn('A claim could not be given back; it ends with its time', {
          ...key,
          ...about,
          ...errorFields(failure),
        });
      });
      throw error;
    } finally {
      // Whoever outlived its claim may have been overtaken: the function had been given up.
      if (clock.now() > untilMs) meter.count(SIGNALS.stepFenced);
    }
  };

  /** Tries for as long as the claim holds: what is not written down now is sent again. */
  async function settleInsisting(key: DeliveryKey, settlement: Settlement, untilMs: number): Promise<void> {
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs *= 2) {
      try {
        return await records.settle(key, settlement);
      } catch (error) {
        if (clock.now() + pauseMs + SETTLING_MS > untilMs) throw error;
        await clock.sleep(pauseMs);
      }
    }
  }
}

const FIRST_PAUSE_MS = 100;

/** How long one more attempt to settle may take. */
const SETTLING_MS = 500;
