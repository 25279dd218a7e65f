import type { Order } from './order';

/** What came of an attempt to release: `raced` when the row was changed in between, so that it must be read again. */
export type ReleaseAttempt = 'done' | 'raced';

/** The port to the reservation of an order's stock. */
export interface StockReservation {
  /** The order's row as it is now. */
  read(orderId: string): Promise<Order | undefined>;
  /**
   * Gives the held pieces back and marks the reservation released, all or nothing. Throws StockContended,
   * ReleaseRefused.
   */
  release(order: Order): Promise<ReleaseAttempt>;
  /** Marks a row that holds nothing (or none) so that a reservation that comes late fails. */
  fence(orderId: string): Promise<ReleaseAttempt>;
}
