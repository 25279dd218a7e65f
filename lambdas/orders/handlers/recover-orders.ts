import { systemClock } from '../../shared/clock';
import { requireVariable } from '../../shared/environment';
import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { createSqsBatchHandler } from '../../shared/queue/sqs-batch';
import { createDynamoOrderReview } from '../adapters/dynamo-order-review';
import { orderFieldsOfMessage } from '../adapters/order-fields';
import { createRecoverOrder } from '../domain/recover-order';
import { dynamoClient } from './wiring/dynamo-client';
import { messageQueue } from './wiring/message-queue';
import { orderStore } from './wiring/order-store';
import { workflowStarter } from './wiring/workflow-starter';

const observability = powertoolsObservability();

const recoverOrder = createRecoverOrder({
  orders: {
    ...orderStore(),
    needsReview: createDynamoOrderReview({
      client: dynamoClient,
      tableName: requireVariable('ORDERS_TABLE'),
      clock: systemClock,
    }),
  },
  undo: workflowStarter('UNDO_MACHINE_ARN'),
  review: messageQueue('REVIEW_QUEUE_URL'),
  ...observability,
});

/** The consumer of the recovery queue. */
export const handler = observe(observability, createSqsBatchHandler(recoverOrder, observability, orderFieldsOfMessage));
