import { FailureMode, MINUTE_MS, pageOf } from '../../support/watched/failure-mode';
import { OrderLoad } from '../../support/watched/order-load';

/** Orders of a producer that has lost its mind, each second. */
const ORDERS_A_SECOND = 2;

describe('a producer that floods the shop with orders', () => {
  let mode: FailureMode;
  let load: OrderLoad;
  beforeAll(async () => {
    mode = await FailureMode.start();
    load = new OrderLoad(mode.watched, mode.books, { sku: 'lamp', everySeconds: 1 / ORDERS_A_SECOND });
  }, 300_000);
  afterAll(() => mode?.stop());

  it('pages within five minutes', async () => {
    mode.begins();
    await load.during('flood', mode.leftMs, () => mode.bell('cost-runaway') !== undefined);
    expect(await mode.rings('cost-runaway')).toMatchObject({
      ...{ severity: 'page', stack: 'observability' },
      ...pageOf('cost-runaway'),
    });
  });

  it('costs no more while its orders wait, and loses none', async () => {
    await mode.ops('pause', 'orders');
    await load.during('paused', 20_000);
    const transitions = await entered();
    // The producer is found, and stopped. Orders that wait for five minutes would ring as well.
    await mode.watched.turn(3 * MINUTE_MS, 10_000);
    expect(await entered()).toBe(transitions);
    await mode.ops('resume', 'orders');
    expect(await mode.wrongAfter(90 * MINUTE_MS)).toEqual([]);
    expect(mode.rung()).toEqual(['page observability: cost-runaway']);
    expect(await mode.books.ends()).toEqual({ OrderConfirmed: expect.any(Number) });
  });

  /** States that the saga has entered since the trouble began. */
  async function entered(): Promise<number> {
    const machine = mode.watched.stacks.orders.OrdersMachineArn!.split(':').pop();
    const { Datapoints } = await mode.watched.call('monitoring', 'GetMetricStatistics', {
      Namespace: 'Stepwright/Machines',
      MetricName: `${machine}-StatesEntered`,
      StartTime: mode.beganAt / 1000,
      EndTime: mode.watched.clock.now() / 1000,
      Period: 3600,
      Statistics: ['Sum'],
    });
    return Datapoints.reduce((sum: number, { Sum }: { Sum: number }) => sum + Sum, 0);
  }
});
