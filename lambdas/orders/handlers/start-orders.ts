import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { createSqsBatchHandler } from '../../shared/queue/sqs-batch';
import { orderFieldsOfMessage } from '../domain/order-fields';
import { createStartOrder } from '../domain/start-order';
import { catalogue } from './wiring/catalogue';
import { messageQueue } from './wiring/message-queue';
import { workflowStarter } from './wiring/workflow-starter';

const observability = powertoolsObservability();

const startOrder = createStartOrder({
  catalogue: catalogue(),
  workflow: workflowStarter('ORDERS_ALIAS_ARN'),
  deadLetters: messageQueue('DEAD_LETTER_QUEUE_URL'),
  ...observability,
});

/** The consumer of the order queue. */
export const handler = observe(observability, createSqsBatchHandler(startOrder, observability, orderFieldsOfMessage));
