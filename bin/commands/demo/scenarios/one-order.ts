import { awaitExecution, executionArn } from '../execution';
import { Findings, type Scenario } from '../scenario';
import type { Fault, Shop } from '../shop';

/** A fault of a built-in provider that an order meets. */
interface OrderFault {
  readonly operation: string;
  readonly fault: Fault;
  readonly remaining?: number;
}

/** What is left of an order of one piece, of two on the shelf. */
interface Expected {
  readonly end: string;
  readonly reason?: string;
  readonly onHand: number;
  readonly sold: number;
  /** State of the payment's row; null where there must be none. */
  readonly payment?: string | null;
  readonly captures?: number;
  readonly refunds?: number;
  readonly shipment?: string | null;
  readonly entered?: string;
  more?(shop: Shop, orderId: string, findings: Findings): Promise<void>;
}

/** A scenario of one order, published as an event, with faults turned on for it alone. */
export function oneOrder(name: string, key: string, faults: OrderFault[], expected: Expected, quantity = 1): Scenario {
  return {
    name,
    async prepare(shop) {
      const sku = await shop.stock(key, 2);
      const orderId = `${key}-${shop.runId}`;
      for (const { operation, fault, remaining } of faults) await shop.fault(orderId, operation, fault, { remaining });
      return async () => {
        await shop.publish([{ orderId, lines: [{ sku, quantity }] }]);
        const execution = await awaitExecution(shop, executionArn(shop.outputs.OrdersMachineArn, orderId));
        return {
          end: execution.end,
          executions: [execution],
          verify: async () => {
            const findings = new Findings().expect('the end', execution.end, expected.end);
            const order = await shop.order(orderId);
            findings.expect("the order's status", order?.status, expected.end);
            if (expected.reason) findings.expect('the reason', order?.reason, expected.reason);
            if (expected.entered) {
              findings.holds(`${expected.entered} was not entered`, execution.path.includes(expected.entered));
            }
            const product = await shop.product(sku);
            findings
              .expect('stock on hand', product?.onHand, expected.onHand)
              .expect('stock held', product?.held, 0)
              .expect('stock sold', product?.sold, expected.sold);
            if (shop.outputs.PaymentsTableName) await checkLedgers(shop, orderId, expected, findings);
            await expected.more?.(shop, orderId, findings);
            return findings.problems;
          },
        };
      };
    },
  };
}

async function checkLedgers(shop: Shop, orderId: string, expected: Expected, findings: Findings): Promise<void> {
  const payment = await shop.payment(orderId);
  if (expected.payment !== undefined) findings.expect('the payment', payment?.state ?? null, expected.payment);
  if (expected.captures !== undefined) findings.expect('captures', payment?.captures ?? 0, expected.captures);
  if (expected.refunds !== undefined) findings.expect('refunds', payment?.refunds ?? 0, expected.refunds);
  if (expected.shipment !== undefined) {
    findings.expect('the shipment', (await shop.shipment(orderId))?.state ?? null, expected.shipment);
  }
}
