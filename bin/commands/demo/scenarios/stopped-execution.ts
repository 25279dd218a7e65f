import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { awaitExecution, executionArn, historyOf, statusOf } from '../execution';
import { Findings, type Scenario } from '../scenario';
import type { Shop } from '../shop';

/** An execution that somebody stops while the payment is under way: no Catch sees it, the undos run all the same. */
export const stoppedExecution: Scenario = {
  name: 'an execution stopped from outside',
  async prepare(shop) {
    const sku = await shop.stock('stopped', 2);
    const orderId = `stopped-${shop.runId}`;
    await shop.fault(orderId, 'charge', 'slow', { delayMilliseconds: 1500 });
    return async () => {
      await shop.publish([{ orderId, lines: [{ sku, quantity: 1 }] }]);
      const saga = executionArn(shop.outputs.OrdersMachineArn, orderId);
      await untilEntered(shop, saga, 'ChargePayment');
      await shop.sfn.send(
        new StopExecutionCommand({ executionArn: saga, error: 'Demo', cause: 'stopped by the demo' }),
      );
      const stopped = await awaitExecution(shop, saga);
      const undo = await awaitExecution(shop, executionArn(shop.outputs.UndoMachineArn, `${orderId}.undo1`));
      return {
        end: undo.end,
        note: `${stopped.status}, then undone`,
        executions: [stopped, undo],
        verify: async () => {
          const product = await shop.product(sku);
          const findings = new Findings()
            .expect('the status of the stopped execution', stopped.status, 'ABORTED')
            .expect('the end of the undos', undo.end, 'OrderCompensated')
            .expect("the order's status", (await shop.order(orderId))?.status, 'OrderCompensated')
            .expect('stock on hand', product?.onHand, 2)
            .expect('stock held', product?.held, 0);
          if (shop.outputs.PaymentsTableName) {
            const payment = await shop.payment(orderId);
            findings.holds(
              `the payment is ${payment?.state}`,
              payment?.state === 'voided' || payment?.state === 'refunded',
            );
          }
          return findings.problems;
        },
      };
    };
  },
};

async function untilEntered(shop: Shop, arn: string, state: string, timeoutMs = 60_000): Promise<void> {
  for (const until = Date.now() + timeoutMs; Date.now() < until; ) {
    if ((await statusOf(shop, arn)) !== undefined) {
      const events = await historyOf(shop, arn);
      if (events.some((event) => event.stateEnteredEventDetails?.name === state)) return;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${arn} did not reach ${state} within ${timeoutMs / 1000} s`);
}
