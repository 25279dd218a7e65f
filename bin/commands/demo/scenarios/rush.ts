import { awaitExecutions, executionArn } from '../execution';
import { Findings, type Scenario } from '../scenario';

const ORDERS = 200;
const PIECES = 100;

/** Two hundred orders at once for a hundred pieces of one product. */
export const rush: Scenario = {
  name: `${ORDERS} orders at once for ${PIECES} pieces`,
  async prepare(shop) {
    const sku = await shop.stock('ticket', PIECES);
    const orders = Array.from({ length: ORDERS }, (_, i) => ({
      orderId: `rush-${i}-${shop.runId}`,
      lines: [{ sku, quantity: 1 }],
    }));
    return async () => {
      const begun = Date.now();
      await shop.publish(orders);
      const arns = orders.map(({ orderId }) => executionArn(shop.outputs.OrdersMachineArn, orderId));
      const executions = await awaitExecutions(shop, arns, 300_000);
      const seconds = (Math.max(...executions.map((execution) => execution.stoppedAtMs)) - begun) / 1000;
      const confirmed = executions.filter((execution) => execution.end === 'OrderConfirmed').length;
      const rejected = executions.filter((execution) => execution.end === 'OrderRejected').length;
      const conflicts = executions.reduce((sum, execution) => sum + execution.conflicts, 0);
      return {
        end: `${confirmed} OrderConfirmed, ${rejected} OrderRejected`,
        milliseconds: seconds * 1000,
        note: `${conflicts} transaction conflicts, ${(ORDERS / seconds).toFixed(0)} orders/s`,
        executions,
        verify: async () => {
          const product = await shop.product(sku);
          return new Findings()
            .expect('confirmed orders', confirmed, PIECES)
            .expect('rejected orders', rejected, ORDERS - PIECES)
            .holds('there was no transaction conflict on the way', conflicts > 0)
            .expect('stock on hand', product?.onHand, 0)
            .expect('stock held', product?.held, 0)
            .expect('stock sold', product?.sold, PIECES).problems;
        },
      };
    };
  },
};
