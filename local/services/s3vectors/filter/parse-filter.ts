/**
 * Reads the filter of QueryVectors. https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-vectors-metadata-filtering.html
 * A condition names exactly one field, or `$and` or `$or`; a field may have several operators, all of which must hold.
 */
import { invalidFilter } from '../faults';
import type { Metadata } from '../model';
import { type FieldTest, LIST_TESTS, RANGE_TESTS, VALUE_TESTS } from './field-tests';

/** Whether a vector with this metadata is looked at. */
export type MetadataFilter = (metadata: Metadata) => boolean;

/** Throws ValidationException for a filter that is malformed, or that names a key which cannot be filtered by. */
export function parseFilter(filter: unknown, nonFilterableKeys: readonly string[]): MetadataFilter {
  const entries = entriesOf(filter);
  if (entries.length !== 1) throw invalidFilter();
  const [name, value] = entries[0]!;
  if (name === '$and' || name === '$or') {
    if (!Array.isArray(value) || value.length === 0) throw invalidFilter();
    const parts = value.map((part) => parseFilter(part, nonFilterableKeys));
    return name === '$and'
      ? (metadata) => parts.every((part) => part(metadata))
      : (metadata) => parts.some((part) => part(metadata));
  }
  if (name.startsWith('$')) throw invalidFilter();
  const tests = parseField(value);
  if (nonFilterableKeys.includes(name)) throw invalidFilter('Invalid use of non-filterable metadata in filter');
  return (metadata) => {
    const stored = Object.hasOwn(metadata, name) ? metadata[name] : undefined;
    return tests.every((test) => test(stored));
  };
}

function parseField(value: unknown): FieldTest[] {
  if (isPlain(value)) return [VALUE_TESTS.$eq!(value)];
  const operators = entriesOf(value);
  if (operators.length === 0) throw invalidFilter();
  return operators.map(([operator, operand]) => parseOperator(operator, operand));
}

function parseOperator(operator: string, operand: unknown): FieldTest {
  if (operator === '$exists' && typeof operand === 'boolean') {
    return (stored) => (stored !== undefined) === operand;
  }
  if (Object.hasOwn(VALUE_TESTS, operator) && isPlain(operand)) return VALUE_TESTS[operator]!(operand);
  if (Object.hasOwn(RANGE_TESTS, operator) && typeof operand === 'number') return RANGE_TESTS[operator]!(operand);
  if (Object.hasOwn(LIST_TESTS, operator) && Array.isArray(operand) && operand.length > 0 && operand.every(isPlain)) {
    return LIST_TESTS[operator]!(operand);
  }
  throw invalidFilter();
}

function entriesOf(value: unknown): [string, unknown][] {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw invalidFilter();
  return Object.entries(value);
}

function isPlain(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
