import { asSequence } from '../sequence';
import { builtIn } from './library';
import { NeedsInterpreter } from './node';

/** What jsonata calls truth: `undefined` for nothing. */
export const truth = builtIn('boolean').implementation as (value: unknown) => boolean | undefined;

/** Text of a value, as `&` joins it. */
export const toText = builtIn('string').implementation as (value: unknown) => string;

/** An array that stands for its items: see asSequence. */
export type Sequence = unknown[] & { sequence?: boolean; keepSingleton?: boolean; cons?: boolean };

/** A sequence of these items. */
export function sequenceOf(...items: unknown[]): Sequence {
  return asSequence(items);
}

/** True for an array that is marked as a sequence. */
export function isSequence(value: unknown): value is Sequence {
  return Array.isArray(value) && (value as Sequence).sequence === true;
}

/** True for a number; an infinite one is jsonata's error D1001. */
export function isNumeric(value: unknown): value is number {
  if (typeof value !== 'number' || Number.isNaN(value)) return false;
  if (!Number.isFinite(value)) throw new NeedsInterpreter();
  return true;
}

/** Joins two values into an array, as `$append` does. */
export function append(first: unknown, second: unknown): unknown {
  if (first === undefined) return second;
  if (second === undefined) return first;
  const start = Array.isArray(first) ? first : [first];
  return start.concat(Array.isArray(second) ? second : [second]);
}

/** Deep equality; functions and the like are equal to themselves alone. */
export function isDeepEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => isDeepEqual(item, b[index]));
  }
  if (Array.isArray(a) || Array.isArray(b)) throw new NeedsInterpreter();
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isDeepEqual((a as any)[key], (b as any)[key]))
  );
}

/** Merge sort: stable, and swaps only where `isAfter` says so. */
export function sorted(items: readonly unknown[], isAfter: (a: unknown, b: unknown) => unknown): unknown[] {
  if (items.length <= 1) return items.slice();
  const middle = items.length >> 1;
  const left = sorted(items.slice(0, middle), isAfter);
  const right = sorted(items.slice(middle), isAfter);
  const merged: unknown[] = [];
  let l = 0;
  let r = 0;
  while (l < left.length && r < right.length) merged.push(isAfter(left[l], right[r]) ? right[r++] : left[l++]);
  while (l < left.length) merged.push(left[l++]);
  while (r < right.length) merged.push(right[r++]);
  return merged;
}
