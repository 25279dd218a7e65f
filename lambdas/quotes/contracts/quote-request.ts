import * as z from 'zod/mini';
import { currencyField } from '../../orders/contracts/fields';
import { destinationField, linesField } from './fields';

/** The body of `POST /quotes`. Unknown fields are refused, so that a misspelt one is noticed. */
export const quoteRequest = z.strictObject(
  { lines: linesField, destination: destinationField, currency: z.optional(currencyField) },
  'the body must be an object with lines and destination',
);

/** A checked body of `POST /quotes`. */
export type QuoteRequest = z.infer<typeof quoteRequest>;
