import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { createSqsBatchHandler } from '../../shared/queue/sqs-batch';
import { orderFieldsOfMessage } from '../domain/order-fields';
import { createRecoverOrder } from '../domain/recover-order';
import { undoDeadOrderPorts } from './wiring/undo-dead-order';

const observability = powertoolsObservability();

const recoverOrder = createRecoverOrder({ ...undoDeadOrderPorts(), ...observability });

/** The consumer of the recovery queue. */
export const handler = observe(observability, createSqsBatchHandler(recoverOrder, observability, orderFieldsOfMessage));
