import { systemClock } from '../../../shared/clock';
import { requireVariable } from '../../../shared/environment';
import { createDynamoOrderReview } from '../../adapters/dynamo-order-review';
import { dynamoClient } from './dynamo-client';
import { messageQueue } from './message-queue';
import { orderStore } from './order-store';
import { workflowStarter } from './workflow-starter';

/** What sees to orders whose execution has died: the undo machine by UNDO_ALIAS_ARN, or the review queue. */
export const undoDeadOrderPorts = () => ({
  orders: {
    ...orderStore(),
    needsReview: createDynamoOrderReview({
      client: dynamoClient,
      tableName: requireVariable('ORDERS_TABLE'),
      clock: systemClock,
    }),
  },
  undo: workflowStarter('UNDO_ALIAS_ARN'),
  review: messageQueue('REVIEW_QUEUE_URL'),
});
