import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Order } from '../domain/order';

/** An order from a DynamoDB item (attribute values as the wire has them). */
export function toOrder(item: Record<string, any>): Order {
  return unmarshall(item) as Order;
}
