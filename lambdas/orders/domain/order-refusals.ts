import { NamedError } from '../../shared/named-error';

/** Products that are not on sale. */
export class UnknownProducts extends NamedError {
  override readonly name = 'UnknownProducts';

  constructor(readonly skus: readonly string[]) {
    super(`No such product: ${skus.join(', ')}.`);
  }
}

/** Lines of one product that together ask for too many pieces. */
export class QuantityTooLarge extends NamedError {
  override readonly name = 'QuantityTooLarge';

  constructor(
    readonly sku: string,
    quantity: number,
    limit: number,
  ) {
    super(`The lines of ${sku} ask for ${quantity} pieces together; at most ${limit} are sold in one order.`);
  }
}

/** The order id belongs to another order. */
export class OrderIdTaken extends NamedError {
  override readonly name = 'OrderIdTaken';

  constructor(orderId: string) {
    super(`The order id ${orderId} belongs to another order; choose another, or none.`);
  }
}
