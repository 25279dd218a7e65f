import * as z from 'zod/mini';
import {
  correlationIdField,
  currencyField,
  customerEmailField,
  customerNameField,
  orderIdField,
  quantityField,
  skuField,
} from './fields';

const totalCents = z.number('totalCents must be a number').check(
  z.refine((cents) => Number.isSafeInteger(cents), 'totalCents must be a whole number'),
  z.gte(0, 'totalCents must not be negative'),
);

/** The payload of charge-payment. */
export const chargePaymentInput = z.object({
  orderId: orderIdField,
  totalCents,
  currency: currencyField,
  correlationId: z.optional(correlationIdField),
});

/** The payload of ship-order. */
export const shipOrderInput = z.object({
  orderId: orderIdField,
  lines: z.array(z.object({ sku: skuField, quantity: quantityField })).check(z.minLength(1)),
  customer: z.optional(z.object({ name: z.optional(customerNameField), email: z.optional(customerEmailField) })),
  correlationId: z.optional(correlationIdField),
});

/** The payload of every undo: refund-payment, cancel-shipment, release-stock. */
export const undoInput = z.object({
  orderId: orderIdField,
  correlationId: z.optional(correlationIdField),
});
