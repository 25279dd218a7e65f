import * as z from 'zod/mini';

/**
 * A mail address as SES takes it: ASCII before the @ (https://docs.aws.amazon.com/ses/latest/APIReference-V2/), a
 * domain with a dot after it, no quoting, no display name.
 */
const ADDRESS =
  /^(?=.{3,254}$)[a-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/;

/** The address in lower case, or undefined when the text is none. */
export function mailAddressOf(text: string): string | undefined {
  const address = text.trim().toLowerCase();
  return ADDRESS.test(address) && address.indexOf('@') <= 64 ? address : undefined;
}

/** The longest reason that a person gives, in characters. */
export const LONGEST_REASON = 1000;

/** A request's id. */
export const REQUEST_ID_PATTERN = /^[A-Za-z0-9_-]{27}$/;

/** Text in one line: no control characters, no line breaks, no halves of surrogate pairs. */
export const lineField = (longest: number, name: string) =>
  z
    .string(`${name} must be text`)
    .check(
      z.minLength(1, `${name} must not be empty`),
      z.maxLength(longest, `${name} must have at most ${longest} characters`),
      z.regex(/^[^\p{Cc}\p{Cs}\u2028\u2029]*$/u, `${name} must not contain control characters or line breaks`),
    );

/** Text that may have line breaks and tabs. */
export const textField = (longest: number, name: string) =>
  z
    .string(`${name} must be text`)
    .check(
      z.minLength(1, `${name} must not be empty`),
      z.maxLength(longest, `${name} must have at most ${longest} characters`),
      z.regex(/^(?:[\n\r\t]|[^\p{Cc}\p{Cs}])*$/u, `${name} must not contain control characters`),
    );

/** A whole number within limits. */
export const wholeField = (least: number, most: number, name: string) =>
  z.number(`${name} must be a number`).check(
    z.refine((value) => Number.isSafeInteger(value), `${name} must be a whole number`),
    z.gte(least, `${name} must be at least ${least}`),
    z.lte(most, `${name} must be at most ${most}`),
  );

/** A mail address. */
export const addressField = z
  .string('an address must be text')
  .check(z.refine((text) => mailAddressOf(text) !== undefined, 'must be a mail address, such as anna@example.com'));

/** A request's id. */
export const requestIdField = z
  .string('requestId must be text')
  .check(z.regex(REQUEST_ID_PATTERN, 'requestId must be 27 characters of base64url'));

/** A SHA-256 in base64url. */
export const hashField = z
  .string('a hash must be text')
  .check(z.regex(/^[A-Za-z0-9_-]{43}$/, 'a hash must be 43 characters of base64url'));

/** Follows one request through logs and events. */
export const correlationIdField = z
  .string('correlationId must be text')
  .check(z.regex(/^[\x21-\x7e]{1,128}$/, 'correlationId must be 1 to 128 visible ASCII characters'));
