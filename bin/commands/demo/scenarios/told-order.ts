import { awaitExecution, executionArn } from '../execution';
import { Findings, type Scenario } from '../scenario';
import type { Shop } from '../shop';

/** How long the event of an order may take to its three targets. */
const PATIENCE_MS = 30_000;

/** An order whose end is told: mailed to its customer, sent to the webhook, and counted, each once. */
export const toldOrder: Scenario = {
  name: 'event fanned out',
  needs: 'inbox',
  async prepare(shop) {
    const sku = await shop.stock('told', 2);
    const orderId = `told-${shop.runId}`;
    return async () => {
      await shop.publish([{ orderId, lines: [{ sku, quantity: 1 }], customer: { email: 'ada@example.com' } }]);
      const execution = await awaitExecution(shop, executionArn(shop.outputs.OrdersMachineArn, orderId));
      const told = await awaitTold(shop, `${orderId}:OrderConfirmed`);
      return {
        end: execution.end,
        executions: [execution],
        note: Object.entries(told)
          .map(([target, status]) => `${target} ${status}`)
          .join(', '),
        verify: async () =>
          new Findings()
            .expect('the end', execution.end, 'OrderConfirmed')
            .expect('the mail', told.mail, 'delivered')
            .expect('the webhook', told.webhook, 'delivered')
            .expect('the row of analytics', told.analytics, 'there').problems,
      };
    };
  },
};

/** Waits until an event has come to its targets; gives how far each came in time. */
async function awaitTold(shop: Shop, eventId: string): Promise<Record<'mail' | 'webhook' | 'analytics', string>> {
  const { DeliveriesTableName, AnalyticsTableName } = shop.fanOut ?? {};
  const status = async (target: string) =>
    (await shop.row(DeliveriesTableName, { eventId, target }))?.status ?? 'missing';
  for (const until = Date.now() + PATIENCE_MS; ; ) {
    const [mail, webhook, row] = await Promise.all([
      status('mail'),
      status('webhook'),
      shop.row(AnalyticsTableName, { eventId }),
    ]);
    const told = { mail, webhook, analytics: row ? 'there' : 'missing' };
    const isOver = [mail, webhook].every((one) => ['delivered', 'skipped', 'parked'].includes(one)) && row;
    if (isOver || Date.now() > until) return told;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
