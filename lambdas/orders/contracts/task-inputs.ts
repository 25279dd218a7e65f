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

const unitPriceCents = z.number('unitPriceCents must be a number').check(
  z.refine((cents) => Number.isSafeInteger(cents), 'unitPriceCents must be a whole number'),
  z.gte(0, 'unitPriceCents must not be negative'),
);

/** An approval as the state that asked gives it; only what is checked is read. */
const approval = z.object({
  decision: z.literal('approved', 'decision must be approved'),
  requestId: z.string('requestId must be text'),
  payloadHash: z.string('payloadHash must be text'),
});

/** The payload of charge-payment. `approval` is null until somebody has approved the order. */
export const chargePaymentInput = z.object({
  orderId: orderIdField,
  totalCents,
  currency: currencyField,
  lines: z.array(z.object({ sku: skuField, quantity: quantityField, unitPriceCents })).check(z.minLength(1)),
  approval: z.nullish(approval),
  correlationId: z.optional(correlationIdField),
});

/** The payload of ship-order. */
export const shipOrderInput = z.object({
  orderId: orderIdField,
  lines: z.array(z.object({ sku: skuField, quantity: quantityField })).check(z.minLength(1)),
  customer: z.optional(z.object({ name: z.optional(customerNameField), email: z.optional(customerEmailField) })),
  correlationId: z.optional(correlationIdField),
});

const undo = {
  orderId: orderIdField,
  correlationId: z.optional(correlationIdField),
};

/** The payload of refund-payment and cancel-shipment. */
export const undoInput = z.object(undo);

/**
 * The payload of release-stock, with which every undo ends: why the order is undone, and by which release of the workflow.
 * Neither decides anything, so neither can fail an undo.
 */
export const releaseStockInput = z.object({
  ...undo,
  failure: z.optional(z.string()),
  release: z.optional(z.string()),
});
