import { correlationIdOf } from '../../shared/observability/correlation-id';
import type { Observability } from '../../shared/observability/observe';
import { SIGNALS } from '../../shared/observability/workflow-signals';
import type { MessageQueue } from '../../shared/queue/message-queue';
import { busEvent, type FanOutEvent, fanOutEvent } from '../contracts/fan-out-event';
import { RUN_DIED, TARGETS, type Target } from '../contracts/names';
import type { ParkedDelivery } from '../contracts/parked-delivery';
import { parseMessage } from '../contracts/parse-message';
import type { DeliveryRecords } from './delivery-records';

/** What checking deliveries works with. */
export interface CheckDeliveriesProps extends Observability {
  readonly records: Pick<DeliveryRecords, 'settledTargets' | 'park'>;
  readonly parked: MessageQueue;
}

/**
 * Looks, once the run of an event must have ended, whether each target has the event or is parked, and parks what nobody has
 * spoken of: the run died as a whole, or was never started. The message first, then the row: whatever dies in between
 * parks it twice and loses nothing. It is here that what is parked counts as bad, and a row of analytics as good: the machine
 * parks and records without a function.
 */
export function createCheckDelivery({ records, parked, log, meter }: CheckDeliveriesProps) {
  return async ({ body }: { body: string }): Promise<void> => {
    const event = eventOf(body);
    const settled = await records.settledTargets(event.eventId);
    const missing = TARGETS.filter((one) => !settled.has(one));
    for (const target of missing) await park(event, target);
    const { eventId } = event;
    log.info('The deliveries of an event are compared', { eventId, ...aboutOf(event), missing: missing.length });
    const parkedTargets = [...settled.values()].filter((status) => status === 'parked').length;
    meter.count(SIGNALS.bad, parkedTargets);
    if (settled.get('analytics') === 'delivered') meter.count(SIGNALS.good);
  };

  async function park(event: FanOutEvent, target: Target): Promise<void> {
    const { eventId } = event;
    const message: ParkedDelivery = { eventId, target, reason: RUN_DIED, event };
    await parked.send(JSON.stringify(message));
    await records.park({ eventId, target }, RUN_DIED);
    meter.count('DeliveryRunDied');
    meter.count(SIGNALS.bad);
    log.error('Nobody has spoken of a delivery: it is parked', { eventId, target, ...aboutOf(event) });
  }
}

function aboutOf({ detail }: FanOutEvent) {
  return { correlationId: correlationIdOf(detail.correlationId) };
}

/** The event in a message of the check queue, as the machine has it. Throws MalformedMessage. */
function eventOf(body: string): FanOutEvent {
  const { source, detail, 'detail-type': type } = parseMessage(busEvent, body);
  return parseMessage(fanOutEvent, JSON.stringify({ eventId: detail.eventId, type, source, detail }));
}

/** A message of the check queue for an event, as EventBridge writes it. */
export function checkMessage({ source, type, detail }: FanOutEvent): string {
  return JSON.stringify({ source, 'detail-type': type, detail });
}
