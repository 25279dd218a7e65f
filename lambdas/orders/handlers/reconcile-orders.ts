import { requireVariable, requireWholeNumber } from '../../shared/environment';
import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { createDynamoWaitingOrders } from '../adapters/dynamo-waiting-orders';
import { createReconcileOrders } from '../domain/reconcile-orders';
import { createStartAgain } from '../domain/start-again';
import { createUndoDeadOrder } from '../domain/undo-dead-order';
import { dynamoClient } from './wiring/dynamo-client';
import { eventBus } from './wiring/event-bus';
import { orderExecutions } from './wiring/order-executions';
import { reconciliation } from './wiring/reconciliation';
import { undoDeadOrderPorts } from './wiring/undo-dead-order';

const observability = powertoolsObservability();
const ports = { ...reconciliation(), ...observability };

/** The task ReconcileOrders. */
export const handler = observe(
  observability,
  createReconcileOrders({
    ...ports,
    waiting: createDynamoWaitingOrders({
      client: dynamoClient,
      tableName: requireVariable('ORDERS_TABLE'),
      indexName: requireVariable('WAITING_INDEX'),
    }),
    executions: orderExecutions(),
    machineTimeoutSeconds: requireWholeNumber('MACHINE_TIMEOUT_SECONDS'),
    undoDeadOrder: createUndoDeadOrder({ ...undoDeadOrderPorts(), ...observability }),
    startAgain: createStartAgain({ ...ports, bus: eventBus() }),
  }),
);
