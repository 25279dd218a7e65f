import { awaitExecution, executionArn } from '../execution';
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
      const executions = await Promise.all(
        orders.map(({ orderId }) => awaitExecution(shop, executionArn(shop.outputs.OrdersMachineArn, orderId), 300_000)),
      );
      const seconds = (Date.now() - begun) / 1000;
      const confirmed = executions.filter((execution) => execution.end === 'OrderConfirmed').length;
      const rejected = executions.filter((execution) => execution.end === 'OrderRejected').length;
      const conflicts = executions.reduce((sum, execution) => sum + execution.conflicts, 0);
      return {
        end: `${confirmed} OrderConfirmed, ${rejected} OrderRejected`,
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
