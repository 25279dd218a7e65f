import { InvalidArgumentError } from 'commander';

/** Whose documents they are when nobody is named. */
export const DEFAULT_TENANT = 'default';

/** A tenant's name as somebody typed it. Throws InvalidArgumentError. */
export function readTenant(text: string): string {
  if (/^[a-z0-9][a-z0-9-]{0,62}$/.test(text)) return text;
  throw new InvalidArgumentError('must be 1 to 63 lower-case letters, digits or -, beginning with no -.');
}
