import { awaitExecution, executionArn } from '../execution';
import { Findings, type Scenario } from '../scenario';

/** An order placed through the API that nothing disturbs. */
export const happyOrder: Scenario = {
  name: 'happy order',
  async prepare(shop) {
    const sku = await shop.stock('lamp', 5, 2500);
    const orderId = `happy-${shop.runId}`;
    return async () => {
      const accepted = await shop.place({ orderId, lines: [{ sku, quantity: 2 }], customer: { name: 'Ada' } });
      const execution = await awaitExecution(shop, executionArn(shop.outputs.OrdersMachineArn, orderId));
      return {
        end: execution.end,
        executions: [execution],
        verify: async () => {
          const findings = new Findings()
            .expect('the answer to POST /orders', accepted.statusCode, 202)
            .expect('the end', execution.end, 'OrderConfirmed')
            .atMost('transitions', execution.transitions, 4 + execution.conflicts)
            .atMost('Lambda invocations', execution.lambdaCalls, 2);
          const shown = await shop.api('GET', `/orders/${orderId}`);
          const product = await shop.product(sku);
          findings
            .expect('the status at GET /orders/{id}', shown.body?.status, 'OrderConfirmed')
            .expect('stock on hand', product?.onHand, 3)
            .expect('stock held', product?.held, 0)
            .expect('stock sold', product?.sold, 2);
          if (shop.outputs.PaymentsTableName) {
            const payment = await shop.payment(orderId);
            findings.expect('the payment', payment?.state, 'captured').expect('the amount', payment?.amountCents, 5000);
          }
          if (shop.outputs.OrderEventsProbeQueueUrl && execution.end === 'OrderConfirmed') {
            const event = await shop.take(shop.outputs.OrderEventsProbeQueueUrl, (message) =>
              Boolean(message.Body?.includes(`"${orderId}:OrderConfirmed"`)),
            );
            findings.holds('no OrderConfirmed event reached the bus', event !== undefined);
          }
          return findings.problems;
        },
      };
    };
  },
};
