import * as z from 'zod/mini';
import {
  currencyField,
  customerEmailField,
  customerNameField,
  MOST_LINES,
  orderIdField,
  quantityField,
  skuField,
} from './fields';

/** The body of `POST /orders`. Unknown fields are refused, so that a misspelt one is noticed. */
export const placeOrderRequest = z.strictObject(
  {
    orderId: z.optional(orderIdField),
    lines: z
      .array(
        z.strictObject({ sku: skuField, quantity: quantityField }, 'a line must be {sku, quantity}'),
        'lines must be an array',
      )
      .check(z.minLength(1, 'lines must not be empty'), z.maxLength(MOST_LINES, `lines must be at most ${MOST_LINES}`)),
    customer: z.optional(
      z.strictObject(
        { name: z.optional(customerNameField), email: z.optional(customerEmailField) },
        'customer must be {name?, email?}',
      ),
    ),
    currency: z.optional(currencyField),
  },
  'the body must be an object with lines',
);

/** A checked body of `POST /orders`. */
export type PlaceOrderRequest = z.infer<typeof placeOrderRequest>;

/** The answer to an accepted order. */
export interface PlaceOrderAnswer {
  readonly orderId: string;
  readonly status: 'OrderAccepted';
  readonly statusUrl: string;
}
