/** What the operators of a filter ask of a stored value. A list matches when any of its elements does. */
import type { MetadataValue } from '../model';

/** Asks a stored value; undefined when the key is not there. */
export type FieldTest = (stored: MetadataValue | undefined) => boolean;

type Plain = string | number | boolean;

const isEqual = (stored: MetadataValue | undefined, value: Plain) =>
  Array.isArray(stored) ? (stored as readonly Plain[]).includes(value) : stored === value;
const isAny = (stored: MetadataValue | undefined, values: readonly Plain[]) =>
  values.some((value) => isEqual(stored, value));
const isNumberThat = (holds: (stored: number) => boolean) => (stored: MetadataValue | undefined) =>
  typeof stored === 'number' && holds(stored);

/** Operators that take a text, a number or a boolean. */
export const VALUE_TESTS: Readonly<Record<string, (value: Plain) => FieldTest>> = {
  $eq: (value) => (stored) => isEqual(stored, value),
  $ne: (value) => (stored) => !isEqual(stored, value),
};

/** Operators that take a number. */
export const RANGE_TESTS: Readonly<Record<string, (limit: number) => FieldTest>> = {
  $gt: (limit) => isNumberThat((stored) => stored > limit),
  $gte: (limit) => isNumberThat((stored) => stored >= limit),
  $lt: (limit) => isNumberThat((stored) => stored < limit),
  $lte: (limit) => isNumberThat((stored) => stored <= limit),
};

/** Operators that take a list of texts, numbers and booleans. */
export const LIST_TESTS: Readonly<Record<string, (values: readonly Plain[]) => FieldTest>> = {
  $in: (values) => (stored) => isAny(stored, values),
  $nin: (values) => (stored) => !isAny(stored, values),
};
