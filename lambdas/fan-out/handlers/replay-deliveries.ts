import { SFNClient } from '@aws-sdk/client-sfn';
import { clientSettings } from '../../shared/aws/client-settings';
import { requireVariable } from '../../shared/environment';
import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { createSqsBatchHandler } from '../../shared/queue/sqs-batch';
import { createSfnDeliveryStarter } from '../adapters/sfn-delivery-starter';
import { createReplayDelivery } from '../domain/replay-delivery';
import { deliveryRecords } from './wiring/delivery-records';
import { messageQueue } from './wiring/message-queue';

const observability = powertoolsObservability();

/** The consumer of the replay queue. */
export const handler = observe(
  observability,
  createSqsBatchHandler(
    createReplayDelivery({
      records: deliveryRecords(),
      checks: messageQueue('CHECK_QUEUE_URL'),
      machine: createSfnDeliveryStarter(new SFNClient(clientSettings()), requireVariable('DELIVERY_MACHINE_ARN')),
      ...observability,
    }),
    observability,
  ),
);
