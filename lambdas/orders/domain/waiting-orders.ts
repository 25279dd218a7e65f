/** The port to the orders that wait: those whose row has none of the four ends. */
export interface WaitingOrders {
  /**
   * The ids of orders that began to wait before a moment (ISO 8601), in no order. The list may be behind the rows by
   * moments, so whoever acts on an order reads its row first.
   */
  before(moment: string): AsyncIterable<string>;
}
