import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { createOrderStreamHandler } from '../../../lambdas/orders/adapters/order-stream';
import { invocation } from '../shared/turned-clock';
import { memoryBus, silent } from './ports/memory-ports';

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
  const image = (item: object | undefined) => item && (marshall(item) as any);
  return {
    Records: changes.map(([before, after], index) => ({
      dynamodb: { OldImage: image(before), NewImage: image(after), SequenceNumber: String(index + 1) },
    })),
  };
}

function setUp() {
  const bus = memoryBus();
  const handler = createOrderStreamHandler({ bus, ...silent });
  return { bus, publish: (event: DynamoDBStreamEvent) => handler(event, invocation()) };
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
