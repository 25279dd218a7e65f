import { awaitExecution, executionArn } from '../execution';
import { Findings, type Scenario } from '../scenario';

/** The same order from every side: one event three times, and one POST twice with the same key. */
export const repeatedOrder: Scenario = {
  name: 'the same event three times, the same POST twice',
  async prepare(shop) {
    const sku = await shop.stock('again', 10);
    const byEvent = { orderId: `event-${shop.runId}`, lines: [{ sku, quantity: 1 }] };
    const byPost = { orderId: `post-${shop.runId}`, lines: [{ sku, quantity: 1 }] };
    return async () => {
      await shop.publish([byEvent, byEvent, byEvent]);
      const key = `key-${shop.runId}`;
      const answers = [await shop.place(byPost, key), await shop.place(byPost, key)];
      const executions = await Promise.all(
        [byEvent, byPost].map(({ orderId }) =>
          awaitExecution(shop, executionArn(shop.outputs.OrdersMachineArn, orderId)),
        ),
      );
      return {
        end: executions.map((execution) => execution.end).join(', '),
        executions,
        verify: async () => {
          const findings = new Findings();
          for (const execution of executions) findings.expect('the end', execution.end, 'OrderConfirmed');
          for (const answer of answers) findings.expect('the answer to POST /orders', answer.statusCode, 202);
          findings.expect('the order of the second POST', answers[1]!.body?.orderId, byPost.orderId);
          findings.expect('stock sold', (await shop.product(sku))?.sold, 2);
          if (shop.outputs.PaymentsTableName) {
            for (const { orderId } of [byEvent, byPost]) {
              findings.expect(`captures of ${orderId}`, (await shop.payment(orderId))?.captures, 1);
            }
          }
          return findings.problems;
        },
      };
    };
  },
};
