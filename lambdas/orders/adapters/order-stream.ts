import type { DynamoDBRecord } from 'aws-lambda';
import type { EventBus } from '../../shared/events/event-bus';
import { createEventStreamHandler, type RowEvent } from '../../shared/events/event-stream';
import type { Observability } from '../../shared/observability/observe';
import { orderEventOf } from '../domain/order-event';
import { countOrderEnd } from '../domain/order-signals';
import { toOrder } from './order-rows';

/** Publishes what the stream of the orders table tells, and counts how orders end; see createEventStreamHandler. */
export function createOrderStreamHandler(props: { bus: EventBus } & Observability) {
  return createEventStreamHandler({
    ...props,
    eventOf,
    seen: (record) => countEnd(props, record),
    metric: 'OrderEvent',
  });
}

function eventOf({ dynamodb }: DynamoDBRecord): RowEvent | undefined {
  const { before, after } = imagesOf(dynamodb);
  const event = orderEventOf(before, after);
  return after && event && { event, about: { orderId: after.orderId, correlationId: after.correlationId } };
}

function countEnd({ meter }: Observability, { dynamodb }: DynamoDBRecord): void {
  const { before, after } = imagesOf(dynamodb);
  countOrderEnd(meter, before, after);
}

function imagesOf(change: DynamoDBRecord['dynamodb']) {
  return {
    before: change?.OldImage && toOrder(change.OldImage),
    after: change?.NewImage && toOrder(change.NewImage),
  };
}
