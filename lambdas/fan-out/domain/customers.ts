/** The port to who bought. */
export interface Customers {
  /** The mail address of an order's customer, read when it is needed; undefined when the order has none or is gone. */
  addressOf(orderId: string): Promise<string | undefined>;
}
