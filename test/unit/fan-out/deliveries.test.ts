import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { requestEventOf } from '../../../lambdas/approvals/domain/request-event';
import { createDynamoCustomers } from '../../../lambdas/fan-out/adapters/dynamo-customers';
import { createDynamoDeliveryRecords } from '../../../lambdas/fan-out/adapters/dynamo-delivery-records';
import { createSesCustomerMailer } from '../../../lambdas/fan-out/adapters/ses-customer-mailer';
import { createCheckDelivery } from '../../../lambdas/fan-out/domain/check-deliveries';
import { createDeliverOnce } from '../../../lambdas/fan-out/domain/deliver-once';
import type { DeliveryKey } from '../../../lambdas/fan-out/domain/delivery-records';
import { createMailCustomer } from '../../../lambdas/fan-out/domain/mail-customer';
import { createReplayDelivery } from '../../../lambdas/fan-out/domain/replay-delivery';
import type { Sender } from '../../../lambdas/shared/aws/sender';
import { silentLog } from '../../../lambdas/shared/observability/log';
import { silentMeter } from '../../../lambdas/shared/observability/meter';
import { SeededRandom } from '../../../local/kernel/random';
import { SimulatedClock } from '../../../local/kernel/simulated-clock';
import { createDynamoDbService } from '../../../local/services/dynamodb/router';
import { Gateway } from '../../../local/wire/gateway';
import { functionClient } from '../../simulation/world/function-client';
import { keptMeter } from '../../support/kept-meter';

const TABLES = { deliveries: ['eventId', 'target'], analytics: ['eventId'], orders: ['orderId'] };
const unobserved = { log: silentLog, meter: silentMeter };
const invocation = { awsRequestId: 'r', getRemainingTimeInMillis: () => 10_000 };
const key: DeliveryKey = { eventId: 'o-1:OrderConfirmed', target: 'mail' };
const event = {
  eventId: key.eventId,
  type: 'OrderConfirmed',
  source: 'stepwright.orders',
  detail: {
    eventId: key.eventId,
    orderId: 'o-1',
    totalCents: 2500,
    currency: 'EUR',
    occurredAt: '2026-03-01T08:59:58.000Z',
  },
};
const delivery = { event, target: key.target };

/** The tables in this process, with the time in the test's hand. */
async function room() {
  const kernelClock = new SimulatedClock();
  const gateway = new Gateway({ kernel: { clock: kernelClock, random: new SeededRandom(1) } });
  gateway.register(createDynamoDbService(gateway));
  const call = (action: string, input: object) => gateway.call(gateway.identify('test'), 'dynamodb', action, input);
  for (const [TableName, keys] of Object.entries(TABLES)) {
    await call('CreateTable', {
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: keys.map((AttributeName, index) => ({ AttributeName, KeyType: index === 0 ? 'HASH' : 'RANGE' })),
    });
  }
  const client: Sender = functionClient({
    clock: kernelClock,
    call: (action, input) => call(action, input),
    around: (attempt) => attempt(),
    newToken: () => 'token',
  });
  const time = { now: Date.parse('2026-03-01T09:00:00.000Z') };
  const clock = {
    now: () => time.now,
    sleep: async (milliseconds: number) => {
      time.now += milliseconds;
    },
  };
  const records = createDynamoDeliveryRecords({
    client,
    deliveriesTable: 'deliveries',
    analyticsTable: 'analytics',
    clock,
    keepSeconds: 1_000,
  });
  let owners = 0;
  const { meter, counted, measured } = keptMeter();
  const observed = { log: silentLog, meter };
  const deliverOnce = createDeliverOnce({ records, clock, newOwner: () => `owner-${++owners}`, ...observed });
  const row = async (of: object = key) => {
    const { Item } = await client.send(new GetItemCommand({ TableName: 'deliveries', Key: marshall(of) }));
    return Item && unmarshall(Item);
  };
  const put = (TableName: string, item: object) => client.send(new PutItemCommand({ TableName, Item: marshall(item) }));
  return { client, clock, time, records, deliverOnce, observed, counted, measured, row, put };
}

describe('a delivery', () => {
  it('is made once, and later calls get what it gave', async () => {
    const { deliverOnce, row } = await room();
    let sent = 0;
    const deliver = async () => ({ status: 'delivered' as const, providerId: `mail-${++sent}` });
    expect(await deliverOnce(delivery, invocation, deliver)).toEqual({ status: 'delivered', providerId: 'mail-1' });
    expect(await deliverOnce(delivery, invocation, deliver)).toEqual({ status: 'delivered', providerId: 'mail-1' });
    expect(await row()).toMatchObject({ status: 'delivered', attempts: 1, answered: 1 });
  });

  it('fails with DeliveryInProgress while another invocation is at it, and is taken over when that has died', async () => {
    const { deliverOnce, records, time, row } = await room();
    await records.claim(key, 'dead', time.now + 10_000);
    const deliver = async () => ({ status: 'delivered' as const });
    await expect(deliverOnce(delivery, invocation, deliver)).rejects.toMatchObject({ name: 'DeliveryInProgress' });
    time.now += 10_001;
    expect(await deliverOnce(delivery, invocation, deliver)).toMatchObject({ status: 'delivered' });
    expect(await row()).toMatchObject({ attempts: 2, answered: 1 });
  });

  it.each([
    [false, 1],
    [true, 0],
  ])(
    'that failed, and may have landed: %s, can be tried at once, with %d attempts answered',
    async (mayHaveLanded, answered) => {
      const { deliverOnce, row } = await room();
      const failing = async () => {
        throw Object.assign(new Error('no'), { mayHaveLanded });
      };
      await expect(deliverOnce(delivery, invocation, failing)).rejects.toThrow('no');
      expect(await row()).toMatchObject({ status: 'open', attempts: 1, answered });
      expect(await deliverOnce(delivery, invocation, async () => ({ status: 'delivered' }))).toMatchObject({
        status: 'delivered',
      });
    },
  );

  it('that was accepted is written down again and again until the claim ends, and then counts as unknown', async () => {
    const { records, clock, time, row } = await room();
    let refusals = 3;
    const flaky = {
      ...records,
      settle: async (...parameters: Parameters<typeof records.settle>) => {
        if (refusals-- > 0) throw new Error('the table is away');
        return records.settle(...parameters);
      },
    };
    const once = createDeliverOnce({ records: flaky, clock, newOwner: () => 'me', ...unobserved });
    const accept = async () => ({ status: 'delivered' as const });
    expect(await once(delivery, invocation, accept)).toMatchObject({ status: 'delivered' });
    const other = { ...key, eventId: 'o-2:OrderConfirmed' };
    const otherDelivery = { event: { ...event, eventId: other.eventId }, target: other.target };
    refusals = 1_000;
    const begunMs = time.now;
    await expect(once(otherDelivery, invocation, accept)).rejects.toThrow('the table is away');
    expect(time.now - begunMs).toBeLessThan(10_000);
    expect(await row(other)).toMatchObject({ attempts: 1, answered: 0 });
  });

  it('that is parked is left alone until it is opened again', async () => {
    const { deliverOnce, records } = await room();
    await records.park(key, 'WebhookRefused');
    const deliver = jest.fn(async () => ({ status: 'delivered' as const }));
    expect(await deliverOnce(delivery, invocation, deliver)).toMatchObject({ status: 'parked' });
    expect(deliver).not.toHaveBeenCalled();
    await records.reopen(key);
    expect(await deliverOnce(delivery, invocation, deliver)).toMatchObject({ status: 'delivered' });
  });

  it('that was made is never parked or opened again', async () => {
    const { deliverOnce, records, row } = await room();
    await deliverOnce(delivery, invocation, async () => ({ status: 'delivered' }));
    await records.park(key, 'RunDied');
    await records.reopen(key);
    expect(await row()).toMatchObject({ status: 'delivered' });
  });
});

describe('what deliveries tell of themselves', () => {
  const deliver = async () => ({ status: 'delivered' as const });

  it('is a good event, and how long it took since the event happened, once', async () => {
    const { deliverOnce, counted, measured } = await room();
    await deliverOnce(delivery, invocation, deliver);
    await deliverOnce(delivery, invocation, deliver);
    expect(counted).toEqual({ Delivered: 1, WorkflowGood: 1 });
    expect(measured).toEqual({ EndToEndSeconds: [2] });
  });

  it('is a good event without a duration when there was nothing to deliver, and the event tells no moment', async () => {
    const { deliverOnce, counted, measured } = await room();
    const nothing = async () => ({ status: 'skipped' as const });
    await deliverOnce({ ...delivery, event: { ...event, detail: {} } }, invocation, nothing);
    expect(counted).toEqual({ DeliverySkipped: 1, WorkflowGood: 1 });
    expect(measured).toEqual({});
  });

  it('is no good event when it fails', async () => {
    const { deliverOnce, counted } = await room();
    await expect(deliverOnce(delivery, invocation, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(counted).toEqual({});
  });

  it.each([
    ['is told of', 10_001, 1],
    ['is no zombie', 10_000, undefined],
  ])('counts a function that outlives its claim: one that takes so long %s', async (_is, takesMs, fenced) => {
    const { deliverOnce, time, counted } = await room();
    await deliverOnce(delivery, invocation, async () => {
      time.now += takesMs;
      return { status: 'delivered' };
    });
    expect(counted.StepFenced).toBe(fenced);
  });

  it('counts what is parked, by whomever, as bad, and a row of analytics as good, when it is checked', async () => {
    const { records, observed, counted, put } = await room();
    const check = createCheckDelivery({ records, parked: { send: async () => undefined }, ...observed });
    await records.park(key, 'MailRefused');
    await put('analytics', { eventId: event.eventId });
    await check({ body: JSON.stringify({ source: event.source, 'detail-type': event.type, detail: event.detail }) });
    expect(counted).toEqual({ DeliveryRunDied: 1, WorkflowBad: 2, WorkflowGood: 1 });
  });
});

describe('the check of deliveries', () => {
  const body = JSON.stringify({ source: event.source, 'detail-type': event.type, detail: event.detail });

  it('parks each target that nobody has spoken of, once', async () => {
    const { records, put } = await room();
    const parked: any[] = [];
    const queue = { send: async (text: string) => void parked.push(JSON.parse(text)) };
    const check = createCheckDelivery({ records, parked: queue, ...unobserved });
    await records.settle(key, { status: 'skipped', reason: 'NoAddress' });
    await put('analytics', { eventId: event.eventId });
    await check({ body });
    await check({ body });
    expect(parked).toEqual([{ eventId: event.eventId, target: 'webhook', reason: 'RunDied', event }]);
  });

  it('fails for a message that is no event, so that it ends in the dead-letter queue', async () => {
    const { records } = await room();
    const check = createCheckDelivery({ records, parked: { send: async () => undefined }, ...unobserved });
    for (const bad of ['', '{}', JSON.stringify({ source: 's', 'detail-type': 't', detail: {} })]) {
      await expect(check({ body: bad })).rejects.toMatchObject({ name: 'MalformedMessage' });
    }
  });
});

describe('replaying a delivery', () => {
  it('asks for a check, opens the row, and starts the machine for the one target, in this order', async () => {
    const acts: unknown[] = [];
    const replay = createReplayDelivery({
      checks: { send: async (text) => void acts.push(['check', JSON.parse(text).detail.eventId]) },
      records: { reopen: async (of) => void acts.push(['reopen', of]) },
      machine: { start: async (input) => void acts.push(['start', input]) },
      ...unobserved,
    });
    await replay({ body: JSON.stringify({ ...key, reason: 'MailRefused', cause: 'no', event }) });
    expect(acts).toEqual([
      ['check', event.eventId],
      ['reopen', key],
      ['start', { event, only: 'mail' }],
    ]);
  });

  it.each(['{}', JSON.stringify({ ...key, target: 'fax', reason: 'x', event })])('fails for %s', async (body) => {
    const nothing = async () => undefined;
    const replay = createReplayDelivery({
      checks: { send: nothing },
      records: { reopen: nothing },
      machine: { start: nothing },
      ...unobserved,
    });
    await expect(replay({ body })).rejects.toMatchObject({ name: 'MalformedMessage' });
  });
});

describe('mailing a customer', () => {
  async function mailRoom(customer: object | undefined) {
    const { client, deliverOnce, put, row } = await room();
    if (customer) await put('orders', { orderId: 'o-1', customer });
    const sent: any[] = [];
    const ses: Sender = {
      send: async ({ input }) => {
        sent.push(input);
        return { MessageId: 'm-1' };
      },
    };
    const run = createMailCustomer({
      deliverOnce,
      customers: createDynamoCustomers({ client, tableName: 'orders' }),
      mailer: createSesCustomerMailer({ client: ses, sender: 'shop@example.com', configurationSet: 'set' }),
    });
    return { run, sent, row };
  }

  it("sends one mail to the address in the order's row, with the event's id", async () => {
    const { run, sent } = await mailRoom({ email: 'ada@example.com' });
    expect(await run({ event }, invocation)).toEqual({ status: 'delivered', providerId: 'm-1' });
    await run({ event }, invocation);
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      Destination: { ToAddresses: ['ada@example.com'] },
      Content: {
        Simple: {
          Subject: { Data: 'Your order o-1 is confirmed' },
          Headers: [{ Name: 'X-Event-Id', Value: event.eventId }],
        },
      },
      EmailTags: [
        { Name: 'kind', Value: 'OrderConfirmed' },
        { Name: 'eventId', Value: 'o-1_OrderConfirmed' },
      ],
    });
  });

  it.each([
    ['NoAddress', { name: 'Ada' }, event],
    ['NoAddress', undefined, event],
    ['NothingToTell', { email: 'ada@example.com' }, { ...event, type: 'OrderNeedsReview' }],
    ['NothingToTell', { email: 'ada@example.com' }, { ...event, source: 'stepwright.approvals' }],
  ])('skips with %s', async (reason, customer, ofEvent) => {
    const { run, sent, row } = await mailRoom(customer);
    expect(await run({ event: ofEvent }, invocation)).toMatchObject({ status: 'skipped' });
    expect(await row()).toMatchObject({ status: 'skipped', reason });
    expect(sent).toEqual([]);
  });

  it('rejects an event without an id, and repeats nothing of its detail', async () => {
    const { run } = await mailRoom(undefined);
    const bad = { event: { ...event, eventId: '', detail: 'ada@example.com' } };
    const failure = await run(bad, invocation).catch((error) => error);
    expect(failure.name).toBe('InvalidInput');
    expect(failure.message).not.toContain('ada@example.com');
  });
});

describe('the event of an approval', () => {
  const request = {
    requestId: 'r-1',
    status: 'pending',
    payloadHash: 'hash',
    openedAt: 1_000,
    expiresAt: 2_000,
    requester: { name: 'Ann', email: 'ann@example.com' },
  } as any;

  it('tells that it was asked for and how it ended, once each, and names nobody', () => {
    const asked = requestEventOf(undefined, request);
    expect(asked).toMatchObject({ detailType: 'ApprovalRequested', detail: { eventId: 'r-1:ApprovalRequested' } });
    expect(requestEventOf(request, { ...request, version: 2 })).toBeUndefined();
    const decided = { ...request, status: 'approved', decision: { at: 5_000, payloadHash: 'edited', isEdited: true } };
    expect(requestEventOf(request, decided)).toMatchObject({
      source: 'stepwright.approvals',
      detailType: 'ApprovalApproved',
      detail: { eventId: 'r-1:ApprovalApproved', payloadHash: 'edited', occurredAt: '1970-01-01T00:00:05.000Z' },
    });
    expect(JSON.stringify(asked)).not.toContain('ann@example.com');
  });
});
