import { FailureMode, HOUR_MS, pageOf } from '../../support/watched/failure-mode';
import { OrderLoad } from '../../support/watched/order-load';

/** What the payment provider does for the orders. */
const OPERATIONS = ['charge', 'lookupPayment', 'refund'];

/** For so long orders go on to come in while they have to wait. */
const FEW_MINUTES_MS = 4 * 60_000;

describe('a payment provider that is down for an hour', () => {
  let mode: FailureMode;
  let load: OrderLoad;
  beforeAll(async () => {
    mode = await FailureMode.start();
    load = new OrderLoad(mode.watched, mode.books, { sku: 'lamp', everySeconds: 20 });
  }, 300_000);
  afterAll(() => mode?.stop());

  it('pages within five minutes', async () => {
    mode.begins();
    for (const operation of OPERATIONS) await mode.watched.stacks.fault('*', operation, 'errorBeforeEffect');
    await load.during('down', mode.leftMs, () => mode.bell('orders-failing') !== undefined);
    expect(await mode.rings('orders-failing')).toMatchObject({
      ...{ severity: 'page', stack: 'orders' },
      ...pageOf('orders-failing'),
    });
  });

  it('lets orders wait until it is back, and then ends each of them well', async () => {
    await mode.ops('pause', 'orders');
    // Those that had begun come to their ends meanwhile. A minute later orders would have waited for too long.
    await load.during('waiting', FEW_MINUTES_MS);
    await mode.ops('maintenance', 'on', '--minutes', '60', '--reason', 'provider is down');
    await mode.watched.turn(mode.beganAt + HOUR_MS - mode.watched.clock.now(), 10_000);
    for (const operation of OPERATIONS) await mode.watched.faultless('*', operation);
    await mode.ops('resume', 'orders');
    expect(await mode.watched.turnUntil(isNoneOpen, 10 * 60_000)).toBe(true);
    await settleReviews();
    // The rate of six hours falls once they are over.
    for (let hour = 0; hour < 7; hour++) {
      await mode.books.place(`after-${hour}`, 'lamp');
      await mode.watched.turn(HOUR_MS, 60_000);
    }
    expect(await mode.wrongAfter(HOUR_MS)).toEqual([]);
    expect(await mode.books.ends()).toEqual({
      OrderConfirmed: expect.any(Number),
      OrderCompensated: expect.any(Number),
    });
  });

  it('rang for what it was: the failure, and what it left for a person', () => {
    expect(mode.rung()).toEqual(['page orders: orders-failing', 'ticket orders: reviews']);
  });

  const isNoneOpen = async () => (await mode.books.open()).length === 0;

  /** What docs/runbooks/reviews.md says: once the provider is back, the undos run again, and the message is deleted. */
  async function settleReviews(): Promise<void> {
    const parked = await mode.watched.stacks.opsJson('dlq', 'show', 'ReviewQueue');
    expect(parked.length).toBeGreaterThan(0);
    const { OrdersTableName, UndoAliasArn } = mode.watched.stacks.orders;
    for (const { messageId, body } of parked) {
      const { orderId } = JSON.parse(body);
      await mode.watched.call('dynamodb', 'UpdateItem', {
        TableName: OrdersTableName,
        Key: { orderId: { S: orderId } },
        UpdateExpression: 'SET #s = :cancelling, waitingSince = :now',
        ConditionExpression: '#s = :review',
        ExpressionAttributeNames: { '#s': 'status' },
        ExpressionAttributeValues: {
          ':cancelling': { S: 'OrderCancelling' },
          ':review': { S: 'OrderNeedsReview' },
          ':now': { S: new Date(mode.watched.clock.now()).toISOString() },
        },
      });
      await mode.watched.call('states', 'StartExecution', {
        stateMachineArn: UndoAliasArn,
        name: `${orderId}.undo-by-hand-1`,
        input: JSON.stringify({
          orderId,
          failure: { Error: 'ByHand', Cause: '', step: 'none' },
          undoFailures: [],
        }),
      });
      await mode.ops('dlq', 'delete', 'ReviewQueue', '--message', messageId, '--reason', 'settled');
    }
  }
});
