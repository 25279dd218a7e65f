import { awaitExpressRun } from '../express-run';
import { Findings, type Scenario } from '../scenario';

/** A price, an availability and a day of delivery from one synchronous Express run, which leaves the stock as it was. */
export const quote: Scenario = {
  name: 'quote',
  async prepare(shop) {
    const lamp = await shop.stock('quoted-lamp', 5, 2500);
    const desk = await shop.stock('quoted-desk', 1, 19_900);
    const destination = { country: 'DE' };
    return async () => {
      const answer = await shop.quote({
        lines: [
          { sku: lamp, quantity: 2 },
          { sku: desk, quantity: 1 },
        ],
        destination,
      });
      const execution = await awaitExpressRun(shop, shop.quotes!.QuotesMachineArn, answer.body?.quoteId);
      return {
        end: answer.statusCode === 200 ? 'quoted' : `answered ${answer.statusCode}`,
        executions: [execution],
        verify: async () => {
          const unknown = await shop.quote({ lines: [{ sku: 'nothing', quantity: 1 }], destination });
          const product = await shop.product(lamp);
          return new Findings()
            .expect('the answer to POST /quotes', answer.statusCode, 200)
            .expect('the total', answer.body?.totalCents, 24_900)
            .holds('no day of delivery', /^\d{4}-\d\d-\d\d$/.test(answer.body?.deliveryDate ?? ''))
            .expect("the run's end", execution.status, 'SUCCEEDED')
            .atMost('states', execution.transitions, 3)
            .expect('the answer for an unknown product', unknown.statusCode, 422)
            .expect('stock on hand', product?.onHand, 5)
            .expect('stock held', product?.held, 0).problems;
        },
      };
    };
  },
};
