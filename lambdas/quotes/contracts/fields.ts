import * as z from 'zod/mini';
import { MOST_LINES, quantityField, skuField } from '../../orders/contracts/fields';

/** What is asked for: one to fifty lines, in the words of the orders. */
export const linesField = z
  .array(
    z.strictObject({ sku: skuField, quantity: quantityField }, 'a line must be {sku, quantity}'),
    'lines must be an array',
  )
  .check(z.minLength(1, 'lines must not be empty'), z.maxLength(MOST_LINES, `lines must be at most ${MOST_LINES}`));

/** Where the goods would go: ISO 3166-1 alpha-2 in capitals, and a postal code where there is one. */
export const destinationField = z.strictObject(
  {
    country: z.string('country must be text').check(z.regex(/^[A-Z]{2}$/, 'country must be two capitals, such as DE')),
    postalCode: z.optional(
      z
        .string('postalCode must be text')
        .check(z.regex(/^[A-Za-z0-9 -]{1,12}$/, 'postalCode must be 1 to 12 letters, digits, spaces or hyphens')),
    ),
  },
  'destination must be {country, postalCode?}',
);
