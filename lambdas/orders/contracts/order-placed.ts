import * as z from 'zod/mini';
import {
  correlationIdField,
  currencyField,
  customerEmailField,
  customerNameField,
  MOST_LINES,
  orderIdField,
  quantityField,
  skuField,
} from './fields';
import { ORDER_PLACED_VERSION } from './names';

/**
 * The detail of an `OrderPlaced` event. Fields that we do not know are ignored: a producer may be ahead of us. What
 * changes the meaning of a field that we know takes another version.
 */
export const orderPlacedDetail = z.object(
  {
    version: z.optional(z.literal(ORDER_PLACED_VERSION, `version must be ${ORDER_PLACED_VERSION}`)),
    orderId: orderIdField,
    lines: z
      .array(
        z.object({ sku: skuField, quantity: quantityField }, 'a line must be {sku, quantity}'),
        'lines must be an array',
      )
      .check(z.minLength(1, 'lines must not be empty'), z.maxLength(MOST_LINES, `lines must be at most ${MOST_LINES}`)),
    customer: z.optional(
      z.object(
        { name: z.optional(customerNameField), email: z.optional(customerEmailField) },
        'customer must be {name?, email?}',
      ),
    ),
    currency: z.optional(currencyField),
    correlationId: z.optional(correlationIdField),
    /** Who placed the order; heeded only in events of our own API. */
    owner: z.optional(z.string('owner must be text').check(z.maxLength(2048, 'owner is too long'))),
    placedAt: z.optional(z.iso.datetime('placedAt must be an ISO 8601 moment in UTC')),
  },
  'detail must be an object',
);

/** A checked detail of `OrderPlaced`. */
export type OrderPlacedDetail = z.infer<typeof orderPlacedDetail>;
