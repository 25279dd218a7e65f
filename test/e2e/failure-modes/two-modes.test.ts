import { FailureMode, pageOf } from '../../support/watched/failure-mode';

/** The short form of the failure modes: one that is counted by functions, one that is found in their logs. */
describe('alarms of the deployed stacks', () => {
  let mode: FailureMode;
  beforeAll(async () => {
    mode = await FailureMode.start({ healthyMinutes: 0 });
  });
  afterAll(() => mode?.stop());

  it('ring within five minutes of what they are for, say who answers and where the page is, and of nothing else', async () => {
    mode.begins();
    const Detail = JSON.stringify({ orderId: 'gift', lines: [{ sku: 'lamp', quantity: 1 }], giftWrap: true });
    const EventBusName = mode.watched.stacks.orders.OrderBusName;
    const entry = { EventBusName, Source: 'test.shop', DetailType: 'OrderPlaced', Detail };
    await mode.watched.call('events', 'PutEvents', { Entries: [entry] });
    await logKey('RefundPayment');
    expect(await mode.rings('schema-drift')).toMatchObject({ severity: 'ticket', ...pageOf('schema-drift') });
    expect(await mode.rings('secret-in-logs')).toMatchObject({ severity: 'page', ...pageOf('secret-in-logs') });
    expect(mode.rung().sort()).toEqual(['page orders: secret-in-logs', 'ticket orders: schema-drift']);
  });

  /** Writes what looks like a key of Stripe into the log of a function. */
  async function logKey(functionName: string): Promise<void> {
    const key = ['sk', 'live', '51NcEqKx0Zr8mWq'].join('_');
    const asked = { logGroupNamePattern: functionName };
    const [{ logGroupName }] = (await mode.watched.call('logs', 'DescribeLogGroups', asked)).logGroups;
    const stream = { logGroupName, logStreamName: 'planted' };
    await mode.watched.call('logs', 'CreateLogStream', stream);
    const logEvents = [{ timestamp: mode.watched.clock.now(), message: `paying with ${key}` }];
    await mode.watched.call('logs', 'PutLogEvents', { ...stream, logEvents });
  }
});
