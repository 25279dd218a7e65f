import { Moment, type Value } from './model';

/** A value as a number, when it is one or reads as one. */
export function numberOf(value: Value): number | undefined {
  if (value instanceof Moment) return value.milliseconds;
  if (typeof value === 'number') return value;
  if (value === undefined || value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

/** Numbers by their size when both are some, else texts by their characters; what is missing comes first. */
export function compareValues(left: Value, right: Value): number {
  if (left === undefined || right === undefined) return Number(left !== undefined) - Number(right !== undefined);
  const [a, b] = [numberOf(left), numberOf(right)];
  if (a !== undefined && b !== undefined) return a - b;
  const [first, second] = [String(left), String(right)];
  return first < second ? -1 : first > second ? 1 : 0;
}

export function isEqual(left: Value, right: Value): boolean {
  return compareValues(left, right) === 0;
}
