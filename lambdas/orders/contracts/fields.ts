import * as z from 'zod/mini';

/** The pattern of an order id, which is also an execution's name and part of every key. */
export const ORDER_ID_PATTERN = /^[A-Za-z0-9_-]{1,64}$/;

/** The largest quantity of one product in one order. */
export const LARGEST_QUANTITY = 1000;

/** The most lines that one request may have. */
export const MOST_LINES = 50;

/** The currency of an order that names none. */
export const DEFAULT_CURRENCY = 'EUR';

/** Free text of a person: no control characters (a CR LF splits headers and log lines), no angle brackets (HTML). */
const plainText = (longest: number, name: string) =>
  z
    .string(`${name} must be text`)
    .check(
      z.minLength(1, `${name} must not be empty`),
      z.maxLength(longest, `${name} must have at most ${longest} characters`),
      z.regex(
        /^[^\p{Cc}\u2028\u2029<>]*$/u,
        `${name} must not contain control characters, line breaks or angle brackets`,
      ),
    );

/** An order id. */
export const orderIdField = z
  .string('orderId must be text')
  .check(z.regex(ORDER_ID_PATTERN, 'orderId must be 1 to 64 letters, digits, - or _'));

/** A product's id. */
export const skuField = z
  .string('sku must be text')
  .check(z.regex(/^[A-Za-z0-9._-]{1,64}$/, 'sku must be 1 to 64 letters, digits, dots, - or _'));

/** How many pieces of a product. */
export const quantityField = z.number('quantity must be a number').check(
  z.refine((quantity) => Number.isInteger(quantity), 'quantity must be a whole number'),
  z.gte(1, 'quantity must be at least 1'),
  z.lte(LARGEST_QUANTITY, `quantity must be at most ${LARGEST_QUANTITY}`),
);

/** ISO 4217 code in capitals. */
export const currencyField = z
  .string('currency must be text')
  .check(z.regex(/^[A-Z]{3}$/, 'currency must be three capitals, such as EUR'));

/** A person's name. */
export const customerNameField = plainText(200, 'name');

/** A mail address; only its outline is checked, since only sending a mail proves one. */
export const customerEmailField = plainText(254, 'email').check(
  z.regex(/^[^\s@]+@[^\s@]+$/, 'email must look like someone@example.com'),
);

/** Follows one order through logs and events. */
export const correlationIdField = z
  .string('correlationId must be text')
  .check(z.regex(/^[\x21-\x7e]{1,128}$/, 'correlationId must be 1 to 128 visible ASCII characters'));
