import { correlationIdOf } from '../../shared/observability/correlation-id';
import type { Observability } from '../../shared/observability/observe';
import type { MessageQueue } from '../../shared/queue/message-queue';
import type { FanOutEvent } from '../contracts/fan-out-event';
import type { Target } from '../contracts/names';
import { parkedDelivery } from '../contracts/parked-delivery';
import { parseMessage } from '../contracts/parse-message';
import { checkMessage } from './check-deliveries';
import type { DeliveryRecords } from './delivery-records';

/** The port to the machine. */
export interface DeliveryStarter {
  /** Starts a run for one target of an event. */
  start(input: { readonly event: FanOutEvent; readonly only: Target }): Promise<void>;
}

/** What replaying works with. */
export interface ReplayDeliveryProps extends Observability {
  readonly records: Pick<DeliveryRecords, 'reopen'>;
  readonly checks: MessageQueue;
  readonly machine: DeliveryStarter;
}

/**
 * Runs a parked delivery again. The check comes first, so that a run that dies is parked anew; then the row is opened, and
 * the machine is started. Any failure is thrown, so that the message comes back; repeating is harmless, since a target
 * that has the event is not asked again.
 */
export function createReplayDelivery({ records, checks, machine, log, meter }: ReplayDeliveryProps) {
  return async ({ body }: { body: string }): Promise<void> => {
    const { eventId, target, reason, event } = parseMessage(parkedDelivery, body);
    await checks.send(checkMessage(event));
    await records.reopen({ eventId, target });
    await machine.start({ event, only: target });
    meter.count('DeliveryReplayed');
    log.info('A parked delivery runs again', {
      eventId,
      target,
      reason,
      correlationId: correlationIdOf(event.detail.correlationId),
    });
  };
}
