import { awaitExecution, executionArn } from '../execution';
import { decide, Inbox } from '../inbox';
import { Findings, type Scenario } from '../scenario';

/** What the order costs: more than a stage lets through without asking. */
const PRICE_CENTS = 250_000;

/** An order that a person is asked about, and what becomes of it. */
function askedOrder(
  name: string,
  key: string,
  decision: 'approve' | 'reject',
  expected: {
    readonly end: string;
    readonly sold: number;
    readonly mostTransitions: number;
    readonly mostCalls: number;
  },
): Scenario {
  return {
    name,
    needs: 'inbox',
    async prepare(shop) {
      const inbox = await Inbox.find();
      if (!inbox) throw new Error('This scenario reads its mail in the inbox of the embedded AWS.');
      const sku = await shop.stock(key, 2, PRICE_CENTS);
      const orderId = `${key}-${shop.runId}`;
      return async () => {
        await shop.place({ orderId, lines: [{ sku, quantity: 1 }] });
        const invitation = await inbox.invitation(orderId);
        const status = await decide(invitation, decision, decision === 'reject' ? 'too expensive' : '');
        const again = await decide(invitation, decision, 'once more');
        const execution = await awaitExecution(shop, executionArn(shop.outputs.OrdersMachineArn, orderId));
        return {
          end: execution.end,
          executions: [execution],
          verify: async () => {
            const product = await shop.product(sku);
            const payment = await shop.payment(orderId);
            return new Findings()
              .expect('the answer to the form', status, 200)
              .expect('a second answer', again, 'no form')
              .expect('the end', execution.end, expected.end)
              .atMost('transitions', execution.transitions, expected.mostTransitions + execution.conflicts)
              .atMost('Lambda invocations', execution.lambdaCalls, expected.mostCalls)
              .expect('stock sold', product?.sold, expected.sold)
              .expect('stock held', product?.held, 0)
              .expect('captures', payment?.captures ?? 0, expected.sold).problems;
          },
        };
      };
    },
  };
}

/** A person approves, and the order goes on: asking costs one transition, and charging again a second. */
export const approvedOrder = askedOrder('order above the limit, approved by mail', 'approved', 'approve', {
  end: 'OrderConfirmed',
  sold: 1,
  mostTransitions: 6,
  mostCalls: 3,
});

/** A person rejects: nothing was charged, the stock is back on hand. */
export const rejectedOrder = askedOrder('order above the limit, rejected by mail', 'rejected', 'reject', {
  end: 'OrderCompensated',
  sold: 0,
  mostTransitions: 8,
  mostCalls: 3,
});
