import type { DynamoDBRecord } from 'aws-lambda';
import type { EventBus } from '../../shared/events/event-bus';
import { createEventStreamHandler, type RowEvent } from '../../shared/events/event-stream';
import type { Observability } from '../../shared/observability/observe';
import { orderEventOf } from '../domain/order-event';
import { toOrder } from './order-rows';

/** Publishes what the stream of the orders table tells; see createEventStreamHandler. */
export function createOrderStreamHandler(props: { bus: EventBus } & Observability) {
  return createEventStreamHandler({ ...props, eventOf, metric: 'OrderEvent' });
}

function eventOf({ dynamodb }: DynamoDBRecord): RowEvent | undefined {
  const after = dynamodb?.NewImage && toOrder(dynamodb.NewImage);
  const event = orderEventOf(dynamodb?.OldImage && toOrder(dynamodb.OldImage), after);
  return after && event && { event, about: { orderId: after.orderId } };
}
