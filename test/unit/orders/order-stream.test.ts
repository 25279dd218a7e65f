import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { createOrderStreamHandler } from '../../../lambdas/orders/adapters/order-stream';
import { silentLog } from '../../../lambdas/shared/observability/log';
import { keptMeter } from '../../support/kept-meter';
import { invocation } from '../shared/turned-clock';
import { memoryBus } from './ports/memory-ports';

const row = (orderId: string, status: string, more: object = {}) => ({
  orderId,
  status,
  totalCents: 1250,
  currency: 'EUR',
  updatedAt: '2026-01-01T00:00:00.000Z',
  customer: { email: 'anna@example.com' },
  ...more,
});

/** A stream event of changes `[before, after]`, numbered from 1. */
function stream(...changes: [object | undefined, object | undefined][]): DynamoDBStreamEvent {
  const image = (item: object | undefined) => item && (marshall(item, { removeUndefinedValues: true }) as any);
  return {
    Records: changes.map(([before, after], index) => ({
      dynamodb: { OldImage: image(before), NewImage: image(after), SequenceNumber: String(index + 1) },
    })),
  };
}

function setUp() {
  const bus = memoryBus();
  const { meter, counted, measured } = keptMeter();
  const handler = createOrderStreamHandler({ bus, log: silentLog, meter });
  return { bus, counted, measured, publish: (event: DynamoDBStreamEvent) => handler(event, invocation()) };
}

describe('publish-order-events', () => {
  it.each(['OrderConfirmed', 'OrderRejected', 'OrderCompensated', 'OrderNeedsReview'])(
    'publishes %s with a stable id and without personal data',
    async (status) => {
      const { bus, publish } = setUp();
      await publish(stream([row('order-1', 'OrderReserved'), row('order-1', status, { reason: 'why' })]));
      expect(bus.events).toEqual([
        {
          source: 'stepwright.orders',
          detailType: status,
          detail: {
            eventId: `order-1:${status}`,
            orderId: 'order-1',
            status,
            reason: 'why',
            totalCents: 1250,
            currency: 'EUR',
            occurredAt: '2026-01-01T00:00:00.000Z',
          },
        },
      ]);
    },
  );

  it('publishes an order that is born at an end', async () => {
    const { bus, publish } = setUp();
    await publish(stream([undefined, row('order-1', 'OrderRejected')]));
    expect(bus.events).toHaveLength(1);
  });

  it('publishes nothing on the way, for a change that keeps the end, or when a row is deleted', async () => {
    const { bus, publish } = setUp();
    const confirmed = row('order-1', 'OrderConfirmed');
    const answer = await publish(
      stream(
        [undefined, row('order-1', 'OrderAccepted')],
        [confirmed, { ...confirmed, note: 1 }],
        [confirmed, undefined],
      ),
    );
    expect(answer).toEqual({ batchItemFailures: [] });
    expect(bus.events).toEqual([]);
  });

  it('names the first record that the bus refused, so that none is lost', async () => {
    const { bus, publish } = setUp();
    bus.refusals = 1;
    const answer = await publish(
      stream(
        [undefined, row('order-0', 'OrderAccepted')],
        [undefined, row('order-1', 'OrderRejected')],
        [undefined, row('order-2', 'OrderRejected')],
      ),
    );
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '2' }] });
    expect(bus.events.map((event) => (event.detail as any).orderId)).toEqual(['order-2']);
  });

  it('names the first record when the bus cannot be reached', async () => {
    const { bus, publish } = setUp();
    bus.put = () => Promise.reject(new Error('no bus'));
    const answer = await publish(stream([undefined, row('order-1', 'OrderRejected')]));
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '1' }] });
  });
});

describe('how orders end, as their stream tells it', () => {
  const CREATED = '2025-12-31T23:59:30.000Z';
  const reserved = row('order-1', 'OrderReserved', { createdAt: CREATED });
  const ended = (status: string, more: object = {}) => row('order-1', status, { createdAt: CREATED, ...more });

  it('counts a confirmed order as good, with the time since it was placed', async () => {
    const { publish, counted, measured } = setUp();
    await publish(stream([reserved, ended('OrderConfirmed')]));
    expect(counted).toEqual({ OrderEventPublished: 1, WorkflowGood: 1 });
    expect(measured).toEqual({ EndToEndSeconds: [30] });
  });

  it('leaves out how long a person took to approve it', async () => {
    const { publish, measured } = setUp();
    await publish(stream([reserved, ended('OrderConfirmed', { approvalWaitedMs: 26_500 })]));
    expect(measured).toEqual({ EndToEndSeconds: [3.5] });
  });

  it.each([
    ['OrderRejected', 'OutOfStock'],
    ['OrderRejected', 'DuplicateOrder'],
    ['OrderCompensated', 'PaymentDeclined'],
    ['OrderCompensated', 'CarrierRefused'],
    ['OrderCompensated', 'ApprovalRejected'],
    ['OrderCompensated', 'ApprovalExpired'],
    ['OrderCompensated', 'ApprovalRevoked'],
  ])('counts %s for %s as good: somebody said no', async (status, reason) => {
    const { publish, counted, measured } = setUp();
    await publish(stream([reserved, ended(status, { reason, failedAt: CREATED })]));
    expect(counted).toMatchObject({ WorkflowGood: 1 });
    expect(counted.WorkflowBad).toBeUndefined();
    expect(measured).toEqual({});
  });

  it.each([
    ['OrderCompensated', 'PaymentTimedOut', { StartToDetectSeconds: [20], TimeToRecoverSeconds: [10] }],
    ['OrderCompensated', 'States.Timeout', { StartToDetectSeconds: [20], TimeToRecoverSeconds: [10] }],
    ['OrderCompensated', 'ApprovalInvalid', { StartToDetectSeconds: [20], TimeToRecoverSeconds: [10] }],
    ['OrderCompensated', undefined, { StartToDetectSeconds: [20], TimeToRecoverSeconds: [10] }],
    ['OrderNeedsReview', 'PaymentDeclined', { StartToDetectSeconds: [20] }],
  ])('counts %s for %s as bad, with when it was noticed and undone', async (status, reason, seconds) => {
    const { publish, counted, measured } = setUp();
    await publish(stream([reserved, ended(status, { reason, failedAt: '2025-12-31T23:59:50.000Z' })]));
    expect(counted).toMatchObject({ WorkflowBad: 1 });
    expect(counted.WorkflowGood).toBeUndefined();
    expect(measured).toEqual(seconds);
  });

  it('measures nothing between moments that a row does not tell', async () => {
    const { publish, counted, measured } = setUp();
    const unknown = row('order-1', 'OrderReserved');
    await publish(stream([unknown, row('order-1', 'OrderConfirmed')], [unknown, row('order-2', 'OrderNeedsReview')]));
    expect(counted).toMatchObject({ WorkflowGood: 1, WorkflowBad: 1 });
    expect(measured).toEqual({});
  });

  it('counts what is read again once, when the bus has taken it', async () => {
    const { bus, publish, counted } = setUp();
    const changes: [object, object][] = ['order-0', 'order-1'].map((id) => [reserved, row(id, 'OrderConfirmed')]);
    const put = bus.put;
    bus.put = async (events) => (await put(events)).map((_, index) => index === 0);
    await publish(stream(...changes));
    expect(counted.WorkflowGood).toBe(1);
    bus.put = put;
    await publish(stream(...changes.slice(1)));
    expect(counted.WorkflowGood).toBe(2);
  });

  it('counts no change on the way, and none of an order that has its end', async () => {
    const { publish, counted } = setUp();
    await publish(stream([undefined, reserved], [ended('OrderConfirmed'), ended('OrderConfirmed', { note: 1 })]));
    expect(counted).toEqual({});
  });
});
