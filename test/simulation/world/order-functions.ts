import { createDynamoCatalogue } from '../../../lambdas/orders/adapters/dynamo-catalogue';
import { createDynamoOrderReview } from '../../../lambdas/orders/adapters/dynamo-order-review';
import { createDynamoOrderStore } from '../../../lambdas/orders/adapters/dynamo-order-store';
import { createDynamoReconciliationBook } from '../../../lambdas/orders/adapters/dynamo-reconciliation-book';
import { createDynamoStockReservation } from '../../../lambdas/orders/adapters/dynamo-stock-reservation';
import { createDynamoWaitingOrders } from '../../../lambdas/orders/adapters/dynamo-waiting-orders';
import { guardCarrier } from '../../../lambdas/orders/adapters/guarded-carrier';
import { guardPaymentProvider } from '../../../lambdas/orders/adapters/guarded-payment-provider';
import { createLedgerCarrier } from '../../../lambdas/orders/adapters/ledger-carrier';
import { createLedgerPaymentProvider } from '../../../lambdas/orders/adapters/ledger-payment-provider';
import { createSfnOrderExecutions } from '../../../lambdas/orders/adapters/sfn-order-executions';
import { createSfnWorkflowStarter } from '../../../lambdas/orders/adapters/sfn-workflow-starter';
import { createCancelShipment } from '../../../lambdas/orders/domain/cancel-shipment';
import { createChargePayment } from '../../../lambdas/orders/domain/charge-payment';
import { createReconcileOrders } from '../../../lambdas/orders/domain/reconcile-orders';
import { createReconcilePayments } from '../../../lambdas/orders/domain/reconcile-payments';
import { createRecoverOrder } from '../../../lambdas/orders/domain/recover-order';
import { createRefundPayment } from '../../../lambdas/orders/domain/refund-payment';
import { createReleaseStock } from '../../../lambdas/orders/domain/release-stock';
import { createShipOrder } from '../../../lambdas/orders/domain/ship-order';
import { createStartAgain } from '../../../lambdas/orders/domain/start-again';
import { createStartOrder } from '../../../lambdas/orders/domain/start-order';
import { createUndoDeadOrder } from '../../../lambdas/orders/domain/undo-dead-order';
import { PROVIDER_DEADLINE_MS } from '../../../lambdas/orders/handlers/wiring/provider-deadline';
import { createRefusedActionReport } from '../../../lambdas/shared/approvals/refused-action-report';
import type { Sender } from '../../../lambdas/shared/aws/sender';
import type { Clock } from '../../../lambdas/shared/clock';
import { createEventBridgeBus } from '../../../lambdas/shared/events/eventbridge-bus';
import { createDynamoFaultSource } from '../../../lambdas/shared/faults/dynamo-fault-source';
import { createDynamoStepGuard } from '../../../lambdas/shared/idempotency/dynamo-step-guard';
import type { Invocation } from '../../../lambdas/shared/invocation';
import { silentLog } from '../../../lambdas/shared/observability/log';
import { silentMeter } from '../../../lambdas/shared/observability/meter';
import { createSqsBatchHandler } from '../../../lambdas/shared/queue/sqs-batch';
import { createSqsMessageQueue } from '../../../lambdas/shared/queue/sqs-message-queue';
import { APPROVAL_ABOVE_CENTS, QUEUES, RECONCILED_AFTER_SECONDS } from './names';

/** What the functions of a process are made with. */
export interface FunctionProps {
  readonly dynamodb: Sender;
  readonly states: Sender;
  readonly sqs: Sender;
  readonly events: Sender;
  readonly clock: Clock;
  readonly newOwner: () => string;
  readonly ordersMachineArn: string;
  readonly undoMachineArn: string;
}

/** The ports that the functions share, as lambdas/orders/handlers/wiring makes them. */
export function orderPorts({ dynamodb: client, clock, newOwner }: FunctionProps) {
  const faults = createDynamoFaultSource(client, 'faults');
  const guard = { clock, deadlineMs: PROVIDER_DEADLINE_MS, faults };
  return {
    approvalAboveCents: APPROVAL_ABOVE_CENTS,
    client,
    clock,
    faults,
    steps: createDynamoStepGuard({ client, tableName: 'idempotency', clock, newOwner }),
    payments: guardPaymentProvider(createLedgerPaymentProvider({ client, tableName: 'payments', clock }), guard),
    carrier: guardCarrier(createLedgerCarrier({ client, tableName: 'shipments', clock }), guard),
    reservation: createDynamoStockReservation({ client, ordersTable: 'orders', stockTable: 'stock', clock }),
  };
}

/** What {@link orderPorts} gives. */
export type OrderPorts = ReturnType<typeof orderPorts>;

/** A function as Lambda calls it. */
export type FunctionHandler = (event: any, invocation: Invocation) => Promise<unknown>;

/** Makes a handler for one invocation. */
export type FunctionFactory = (ports: OrderPorts, props: FunctionProps) => FunctionHandler;

const unobserved = { log: silentLog, meter: silentMeter };

/** The functions by the names that stand in the definition, wired as lambdas/orders/handlers wires them. */
export const ORDER_FUNCTIONS: Readonly<Record<string, FunctionFactory>> = {
  ChargePayment: (ports, { sqs }) =>
    createChargePayment({
      ...ports,
      approvals: createRefusedActionReport(createSqsMessageQueue(sqs, QUEUES.approvals)),
      ...unobserved,
    }),
  RefundPayment: (ports) => createRefundPayment({ ...ports, ...unobserved }),
  ShipOrder: (ports) => createShipOrder({ ...ports, ...unobserved }),
  CancelShipment: (ports) => createCancelShipment({ ...ports, ...unobserved }),
  ReleaseStock: (ports) => createReleaseStock({ ...ports, countUnexpectedUndo: () => {}, ...unobserved }),
  StartOrders: ({ client, clock }, { states, sqs, ordersMachineArn }) =>
    createSqsBatchHandler(
      createStartOrder({
        catalogue: createDynamoCatalogue({ client, tableName: 'stock', clock }),
        workflow: createSfnWorkflowStarter(states, ordersMachineArn),
        deadLetters: createSqsMessageQueue(sqs, QUEUES.deadLetters),
        ...unobserved,
      }),
      unobserved,
    ),
  RecoverOrders: (ports, props) =>
    createSqsBatchHandler(
      createRecoverOrder({
        ...deadOrderPorts(ports, props),
        ...unobserved,
      }),
      unobserved,
    ),
  ReconcileOrders: (ports, props) => {
    const { client, clock } = ports;
    const { states, events, ordersMachineArn, undoMachineArn } = props;
    const { orders, review } = deadOrderPorts(ports, props);
    const book = createDynamoReconciliationBook({ client, tableName: 'idempotency', clock });
    return createReconcileOrders({
      waiting: createDynamoWaitingOrders({ client, tableName: 'orders', indexName: 'waiting' }),
      executions: createSfnOrderExecutions({ client: states, ordersMachineArn, undoMachineArn }),
      orders,
      undoDeadOrder: createUndoDeadOrder({ ...deadOrderPorts(ports, props), ...unobserved }),
      startAgain: createStartAgain({
        bus: createEventBridgeBus({ client: events, busName: 'orders' }),
        book,
        review,
        ...unobserved,
      }),
      clock,
      afterSeconds: RECONCILED_AFTER_SECONDS,
      machineTimeoutSeconds: 3600,
      ...unobserved,
    });
  },
  ReconcilePayments: (ports, props) =>
    createReconcilePayments({
      ...ports,
      ...deadOrderPorts(ports, props),
      book: createDynamoReconciliationBook({ client: ports.client, tableName: 'idempotency', clock: ports.clock }),
      afterSeconds: RECONCILED_AFTER_SECONDS,
      ...unobserved,
    }),
};

/** What sees to orders whose execution has died. */
function deadOrderPorts({ client, clock }: OrderPorts, { states, sqs, undoMachineArn }: FunctionProps) {
  return {
    orders: {
      ...createDynamoOrderStore({ client, tableName: 'orders' }),
      needsReview: createDynamoOrderReview({ client, tableName: 'orders', clock }),
    },
    undo: createSfnWorkflowStarter(states, undoMachineArn),
    review: createSqsMessageQueue(sqs, QUEUES.review),
  };
}
