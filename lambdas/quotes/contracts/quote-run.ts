import * as z from 'zod/mini';
import { destinationField, linesField } from './fields';

/** The input of a run of the quote machine. */
export interface QuoteRunInput {
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
  readonly destination: { readonly country: string; readonly postalCode?: string };
  /** When whoever asks gives up, in ISO 8601: no step is given more time than is left. */
  readonly deadline: string;
}

/** Whether there are enough pieces of a line, at this moment. */
export type Availability = 'InStock' | 'OutOfStock';

/** A line with what it costs, in cents, and whether it could be had. */
export interface QuotedLine {
  readonly sku: string;
  readonly quantity: number;
  readonly unitPriceCents: number;
  readonly lineTotalCents: number;
  readonly availability: Availability;
}

/** The output of a run; lines whose product is not on sale are missing from `lines`. */
export interface QuoteRunOutput {
  readonly lines: readonly QuotedLine[];
  readonly unknownSkus: readonly string[];
  readonly totalCents: number;
  readonly isServed: boolean;
  /** A day, such as 2026-11-25; null where the carrier does not go. */
  readonly deliveryDate: string | null;
}

/** The payload of the task EstimateDelivery; what comes along besides is of no interest. */
export const estimateDeliveryInput = z.object(
  { lines: linesField, destination: destinationField },
  'the input must be an object',
);
