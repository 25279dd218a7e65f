import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { createSqsBatchHandler } from '../../shared/queue/sqs-batch';
import { createCheckDelivery } from '../domain/check-deliveries';
import { deliveryRecords } from './wiring/delivery-records';
import { messageQueue } from './wiring/message-queue';

const observability = powertoolsObservability();

/** The consumer of the check queue. */
export const handler = observe(
  observability,
  createSqsBatchHandler(
    createCheckDelivery({
      records: deliveryRecords(),
      parked: messageQueue('PARKED_QUEUE_URL'),
      ...observability,
    }),
    observability,
    undefined,
    // Its queue keeps each message until the run must have ended.
    { isDelayed: true },
  ),
);
