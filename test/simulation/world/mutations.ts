import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { PaymentProvider } from '../../../lambdas/orders/domain/payment-provider';
import type { Sender } from '../../../lambdas/shared/aws/sender';
import { contentHash } from '../../../lambdas/shared/content-hash';
import { type FunctionFactory, ORDER_FUNCTIONS, type OrderPorts } from './order-functions';
import type { Mutation } from './orders-world';

/** The function as it is, over ports that are not as they should be. */
function withPorts(name: string, change: (ports: OrderPorts) => Partial<OrderPorts>): FunctionFactory {
  return (ports, props) => ORDER_FUNCTIONS[name]!({ ...ports, ...change(ports) }, props);
}

/** A ledger that writes without looking, as an unconditional PutItem does. */
function carelessPayments({ client, payments }: OrderPorts): PaymentProvider {
  return {
    ...payments,
    async charge({ key, amountCents, currency }) {
      const entry = {
        paymentKey: key,
        orderId: key,
        state: 'captured',
        amountCents,
        currency,
        captures: 1,
        refunds: 0,
      };
      await client.send(new PutItemCommand({ TableName: 'payments', Item: marshall(entry) }));
      return { paymentId: key };
    },
  };
}

const NO_GUARD: OrderPorts['steps'] = {
  once: (_step, _invocation, run) => run({ isRetry: false }),
  fence: async () => undefined,
};

/** What others get wrong, each planted on purpose: the search must find every one. */
export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'a charge that neither the idempotency record nor the ledger stops': {
    functions: {
      ChargePayment: withPorts('ChargePayment', (ports) => ({ steps: NO_GUARD, payments: carelessPayments(ports) })),
    },
  },
  'a refund without a fence, over a ledger that leaves none either': {
    functions: {
      RefundPayment: withPorts('RefundPayment', ({ steps, payments }) => ({
        steps: { ...steps, fence: async () => undefined },
        payments: {
          ...payments,
          async refund(key) {
            const isCaptured = (await payments.lookup(key))?.state === 'captured';
            return isCaptured ? payments.refund(key) : { outcome: 'voided' };
          },
        },
      })),
    },
  },
  'a reservation that no fence stops': {
    definition: ({ States }) => {
      States.ReserveStock.Arguments.TransactItems = States.ReserveStock.Arguments.TransactItems.replace(
        "OR #status = :accepted'",
        "OR #status = :accepted OR #status <> :accepted'",
      );
    },
  },
  'a booking that neither the idempotency record nor the ledger stops': {
    functions: {
      ShipOrder: withPorts('ShipOrder', (ports) => ({ steps: NO_GUARD, carrier: carelessCarrier(ports) })),
    },
  },
  'a Catch for named errors alone': {
    definition: ({ States }) => {
      for (const step of ['ChargePayment', 'ShipOrder']) {
        States[step].Catch.at(-1).ErrorEquals = [
          'PaymentDeclined',
          'PaymentTimedOut',
          'CarrierRefused',
          'CarrierTimedOut',
        ];
      }
    },
    // The status-change rule would still save these orders.
    functions: { RecoverOrders: () => async () => ({ batchItemFailures: [] }) },
    hasNoStops: true,
  },
  'a charge whose own undo is not armed': {
    definition: ({ States }) => {
      States.ChargePayment.Catch.at(-1).Next = 'ReleaseStock';
    },
  },
  'undos in the order of the steps': {
    definition: ({ States }) => {
      States.ShipOrder.Catch[0].Next = 'RefundPayment';
      States.RefundPayment.Next = 'CancelShipment';
      States.RefundPayment.Catch[0].Next = 'CancelShipment';
      States.CancelShipment.Next = 'ReleaseStock';
      States.CancelShipment.Catch[0].Next = 'ReleaseStock';
      States.CancelOrder.Next = 'RefundPayment';
    },
  },
  'an undo whose failure is swallowed': {
    definition: ({ States }) => {
      States.RefundPayment.Catch[0].Output = '{% $states.input %}';
      States.CancelShipment.Catch[0].Output = '{% $states.input %}';
    },
  },
  'an undo whose failure stops the others': {
    definition: ({ States }) => {
      States.CancelShipment.Catch[0].Next = 'ParkOrder';
      States.RefundPayment.Catch[0].Next = 'ParkOrder';
    },
  },
  'an order in review of which nobody is told': {
    definition: ({ States }) => {
      States.IsOrderCompensated.Default = 'ReviewOrder';
    },
  },
  'a cancellation that changes an order which has its end': {
    fromSeed: 750,
    definition: ({ States }) => {
      States.CancelOrder.Arguments.ConditionExpression =
        'attribute_not_exists(#status) OR #status <> :confirmed OR #status IN (:rejected, :compensated, :needsReview)';
    },
  },
  'a confirmation that does not sell': {
    definition: ({ States }) => {
      States.ConfirmOrder.Arguments.TransactItems = States.ConfirmOrder.Arguments.TransactItems.replace(
        'ADD #sold :quantity',
        'ADD #sold :none',
      ).replace(
        "':quantity': { 'N': $string(quantity) }",
        "':quantity': { 'N': $string(quantity) }, ':none': { 'N': '0' }",
      );
    },
  },
  'a limit that nobody looks at': {
    functions: { ChargePayment: withPorts('ChargePayment', () => ({ approvalAboveCents: Number.MAX_SAFE_INTEGER })) },
  },
  'an approval that is not held against the order': {
    functions: {
      ChargePayment: (ports, props) => {
        const charge = ORDER_FUNCTIONS.ChargePayment!(ports, props);
        return (event, invocation) => {
          const { orderId, currency, totalCents, lines, approval } = event;
          const payloadHash = contentHash({ orderId, currency, totalCents, lines });
          return charge({ ...event, approval: approval && { ...approval, payloadHash } }, invocation);
        };
      },
    },
  },
  'a refusal that is taken for an approval': {
    definition: ({ States }) => {
      States.AskApproval.Catch[0].Next = 'ShipOrder';
    },
  },
  'a reconciliation that sleeps': {
    functions: { ReconcileOrders: () => async () => ({}) },
  },
  'a reconciliation that looks at rows alone': {
    functions: {
      ReconcileOrders: (ports, props) =>
        ORDER_FUNCTIONS.ReconcileOrders!(ports, { ...props, states: seeingNoDeaths(props.states) }),
    },
  },
  'recovery that sleeps': {
    functions: { RecoverOrders: () => async () => ({ batchItemFailures: [] }) },
  },
};

/** Step Functions as seen by somebody who never asks which executions died. */
function seeingNoDeaths(states: Sender): Sender {
  return {
    send: (command) => {
      const { statusFilter = 'RUNNING' } = command.input as { statusFilter?: string };
      return statusFilter === 'RUNNING' ? states.send(command) : Promise.resolve({ executions: [] });
    },
  };
}

function carelessCarrier({ client, carrier }: OrderPorts): OrderPorts['carrier'] {
  return {
    ...carrier,
    async book({ key }) {
      const entry = { shipmentKey: key, orderId: key, state: 'booked', bookings: 1, cancellations: 0 };
      await client.send(new PutItemCommand({ TableName: 'shipments', Item: marshall(entry) }));
      return { shipmentId: key };
    },
  };
}
