import { isObject } from '../../../model/json';
import { append, type Sequence, sequenceOf } from './values';

/** `*`: the values of all members. */
export function evaluateWildcard(input: unknown): unknown {
  let found: unknown = sequenceOf();
  if (typeof input !== 'object' || input === null) return found;
  for (const key of Object.keys(input)) {
    const value = (input as Record<string, unknown>)[key];
    if (Array.isArray(value)) found = append(found, value.flat(Number.POSITIVE_INFINITY));
    else (found as unknown[]).push(value);
  }
  return found;
}

/** `**`: the value and everything below it. */
export function evaluateDescendants(input: unknown): unknown {
  if (input === undefined) return undefined;
  const found: Sequence = sequenceOf();
  const pending = [input];
  while (pending.length > 0) {
    const value = pending.pop();
    if (!Array.isArray(value)) found.push(value);
    const below = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
    for (let i = below.length - 1; i >= 0; i--) pending.push(below[i]);
  }
  return found.length === 1 ? found[0] : found;
}
