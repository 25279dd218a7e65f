import { systemClock } from '../../../shared/clock';
import { requireVariable, requireWholeNumber } from '../../../shared/environment';
import { createDynamoReconciliationBook } from '../../adapters/dynamo-reconciliation-book';
import { dynamoClient } from './dynamo-client';
import { messageQueue } from './message-queue';
import { orderStore } from './order-store';

/** What both reconciliations work with: AFTER_SECONDS says what is left to the workflow. */
export const reconciliation = () => ({
  book: createDynamoReconciliationBook({
    client: dynamoClient,
    tableName: requireVariable('IDEMPOTENCY_TABLE'),
    clock: systemClock,
  }),
  orders: orderStore(),
  review: messageQueue('REVIEW_QUEUE_URL'),
  clock: systemClock,
  afterSeconds: requireWholeNumber('AFTER_SECONDS'),
});
