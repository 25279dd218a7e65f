import type { Order } from './order';

/** The port to the rows of orders. */
export interface OrderStore {
  /** Writes the row of a new order, or gives the one that stands in its place. */
  accept(order: Order): Promise<Order | undefined>;
  /** The row as it is now. */
  find(orderId: string): Promise<Order | undefined>;
}
