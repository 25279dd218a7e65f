import { guardPaymentProvider } from '../../../../lambdas/orders/adapters/guarded-payment-provider';
import { createLedgerPaymentProvider } from '../../../../lambdas/orders/adapters/ledger-payment-provider';
import { createChargePayment } from '../../../../lambdas/orders/domain/charge-payment';
import type { FaultKind, FaultSource, FaultyOperation } from '../../../../lambdas/orders/domain/fault';
import { createRefundPayment } from '../../../../lambdas/orders/domain/refund-payment';
import { createDynamoStepGuard } from '../../../../lambdas/shared/idempotency/dynamo-step-guard';
import { createEmbeddedTables } from '../../shared/embedded-tables';
import { turnedClock } from '../../shared/turned-clock';
import { silent } from './memory-ports';

/** Faults that a test lists, used up in order; operations without a list are well. */
export function listedFaults(lists: Partial<Record<FaultyOperation, (FaultKind | undefined)[]>>): FaultSource {
  return {
    take: async (_orderId, operation) => {
      const kind = lists[operation]?.shift();
      return kind && { kind, delayMilliseconds: 5000 };
    },
  };
}

/** Charging and refunding over the embedded tables, with a client deadline of a second. */
export async function createPaymentRoom(lists: Parameters<typeof listedFaults>[0] = {}) {
  const clock = turnedClock();
  const reports: object[] = [];
  const tables = await createEmbeddedTables(clock.simulated);
  let owners = 0;
  const steps = createDynamoStepGuard({
    client: tables.client,
    tableName: 'idempotency',
    clock,
    newOwner: () => `owner-${++owners}`,
  });
  const payments = guardPaymentProvider(
    createLedgerPaymentProvider({ client: tables.client, tableName: 'payments', clock }),
    { clock, deadlineMs: 1000, faults: listedFaults(lists) },
  );
  return {
    clock,
    tables,
    /** Actions that were reported as refused. */
    reports,
    charge: createChargePayment({
      payments,
      steps,
      approvalAboveCents: APPROVAL_ABOVE_CENTS,
      approvals: {
        actionRefused: async (action, { requestId, expectedHash, actualHash }) => {
          reports.push({ action, requestId, expectedHash, actualHash });
        },
      },
      ...silent,
    }),
    refund: createRefundPayment({ payments, steps, ...silent }),
    ledger: () => tables.get('payments', { paymentKey: 'order-1' }),
  };
}

/** Orders of a larger total need an approval. */
export const APPROVAL_ABOVE_CENTS = 100_000;

/** The payload of charge-payment. */
export const chargeOrder = {
  orderId: 'order-1',
  totalCents: 2500,
  currency: 'EUR',
  lines: [{ sku: 'book', quantity: 1, unitPriceCents: 2500 }],
  correlationId: 'c',
};

/** The payload of refund-payment. */
export const refundOrder = { orderId: 'order-1' };
