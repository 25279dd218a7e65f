import { type Json, setMember } from '../../model/json';

/** The result of an expression is, or contains, something that JSON cannot hold. */
export class UnsupportedResult extends Error {}

/**
 * What JSONata gave, as plain JSON: a copy without the marks that sequences carry, members without a value left out.
 * Numbers that JSON lacks become their names, as on AWS: `1/0` gives `"Infinity"`.
 * Undefined when there is no value at all.
 */
export function toJson(result: unknown): Json | undefined {
  switch (typeof result) {
    case 'string':
    case 'boolean':
      return result;
    case 'number':
      return Number.isFinite(result) ? result : String(result);
    case 'undefined':
      return undefined;
    case 'object':
      break;
    default:
      throw new UnsupportedResult();
  }
  if (result === null) return null;
  if (Array.isArray(result)) return result.map((item) => toJson(item) ?? null);
  if ('_jsonata_function' in result || '_jsonata_lambda' in result || result instanceof RegExp) {
    throw new UnsupportedResult();
  }
  const object: Record<string, Json> = {};
  for (const key of Object.keys(result)) {
    const member = toJson((result as Record<string, unknown>)[key]);
    if (member !== undefined) setMember(object, key, member);
  }
  return object;
}
