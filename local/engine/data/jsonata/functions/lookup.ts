import { asSequence } from '../sequence';

/** `$lookup(object, key)`: the member of the object, or of each object in an array; own members alone. */
export function lookup(input: unknown, key: string): unknown {
  if (Array.isArray(input)) {
    const found: unknown[] = [];
    for (const item of input) {
      const value = lookup(item, key);
      if (Array.isArray(value)) for (const part of value) found.push(part);
      else if (value !== undefined) found.push(value);
    }
    return asSequence(found);
  }
  if (typeof input !== 'object' || input === null || !Object.hasOwn(input, key)) return undefined;
  return (input as Record<string, unknown>)[key];
}
