import { FailureMode, MINUTE_MS, pageOf } from '../../support/watched/failure-mode';
import { OrderLoad } from '../../support/watched/order-load';

/** So often the carrier throttles each order before it takes it. */
const THROTTLED_TIMES = '5';

describe('a carrier that throttles every booking, so that most of what is done is to try again', () => {
  let mode: FailureMode;
  let load: OrderLoad;
  let isThrottled = false;
  beforeAll(async () => {
    mode = await FailureMode.start();
    const before = async (orderId: string) => {
      if (isThrottled) await throttle(orderId);
    };
    load = new OrderLoad(mode.watched, mode.books, { sku: 'lamp', everySeconds: 5, before });
  }, 300_000);
  afterAll(() => mode?.stop());

  it('pages within five minutes', async () => {
    mode.begins();
    isThrottled = true;
    await load.during('storm', mode.leftMs, () => mode.bell('task-storm') !== undefined);
    expect(await mode.rings('task-storm')).toMatchObject({
      severity: 'page',
      stack: 'orders',
      ...pageOf('task-storm'),
    });
  });

  it('ends when orders wait until the carrier can take them', async () => {
    await mode.ops('pause', 'orders');
    await load.during('paused', 3 * MINUTE_MS);
    isThrottled = false;
    for (const orderId of await mode.books.open()) await mode.watched.faultless(orderId, 'book');
    await mode.ops('resume', 'orders');
    expect(await mode.wrongAfter(30 * MINUTE_MS)).toEqual([]);
    expect(mode.rung()).toEqual(['page orders: task-storm']);
    expect(await mode.books.ends()).toEqual({ OrderConfirmed: expect.any(Number) });
  });

  function throttle(orderId: string): Promise<void> {
    const Item = {
      ...{ scope: { S: orderId }, operation: { S: 'book' } },
      ...{ fault: { S: 'throttled' }, remaining: { N: THROTTLED_TIMES } },
    };
    return mode.watched.call('dynamodb', 'PutItem', { TableName: mode.watched.stacks.orders.FaultsTableName, Item });
  }
});
