/**
 * Owns what stands behind `filter`: comparisons, `like`, `in`, `ispresent`, and `and`, `or`, `not` with parentheses.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Filter.html
 */
import { malformedQuery } from '../faults';
import type { Row, Test, Value } from './model';
import type { TokenReader } from './token-reader';
import { compareValues, isEqual } from './values';

type Operand = (row: Row) => Value;

const COMPARISONS: Readonly<Record<string, (left: Value, right: Value) => boolean>> = {
  '=': isEqual,
  '!=': (left, right) => !isEqual(left, right),
  '<': (left, right) => compareValues(left, right) < 0,
  '<=': (left, right) => compareValues(left, right) <= 0,
  '>': (left, right) => compareValues(left, right) > 0,
  '>=': (left, right) => compareValues(left, right) >= 0,
};

/** Reads a condition: `or` binds least, then `and`, then `not`. A field that a row does not have makes each comparison false. */
export function readCondition(reader: TokenReader): Test {
  const tests = [readBoth(reader)];
  while (reader.take('or')) tests.push(readBoth(reader));
  return tests.length === 1 ? tests[0]! : (row) => tests.some((test) => test(row));
}

function readBoth(reader: TokenReader): Test {
  const tests = [readOne(reader)];
  while (reader.take('and')) tests.push(readOne(reader));
  return tests.length === 1 ? tests[0]! : (row) => tests.every((test) => test(row));
}

function readOne(reader: TokenReader): Test {
  if (reader.take('not')) {
    const test = readOne(reader);
    return (row) => !test(row);
  }
  if (reader.take('(')) {
    const test = readCondition(reader);
    reader.expect(')');
    return test;
  }
  if (reader.take('ispresent')) {
    reader.expect('(');
    const field = reader.read('name', 'a field');
    reader.expect(')');
    return (row) => row.value(field) !== undefined;
  }
  return readComparison(reader);
}

function readComparison(reader: TokenReader): Test {
  const left = readOperand(reader);
  const isNot = reader.take('not');
  const test = readPredicate(reader, isNot);
  return (row) => {
    const value = left(row);
    return value !== undefined && test(value, row) !== isNot;
  };
}

/** What follows the left side, `not` apart. */
function readPredicate(reader: TokenReader, isNot: boolean): (left: Value, row: Row) => boolean {
  if (reader.take('like')) return readLike(reader);
  if (reader.take('in')) {
    reader.expect('[');
    const operands = reader.list(() => readOperand(reader));
    reader.expect(']');
    return (left, row) => operands.some((operand) => isEqual(left, operand(row)));
  }
  if (isNot) throw reader.unexpected("'like' or 'in'");
  if (reader.take('=~')) return readLike(reader);
  const sign = reader.next.kind === 'sign' ? reader.next.text : '';
  const compare = Object.hasOwn(COMPARISONS, sign) ? COMPARISONS[sign] : undefined;
  if (!compare) throw reader.unexpected('a comparison');
  reader.take(sign);
  const right = readOperand(reader);
  return (left, row) => {
    const value = right(row);
    return value !== undefined && compare(left, value);
  };
}

/** A text that is contained, or a regular expression that matches anywhere. */
function readLike(reader: TokenReader): (left: Value) => boolean {
  if (reader.next.kind !== 'regex') {
    const text = reader.read('text', 'a text or a regular expression');
    return (left) => String(left).includes(text);
  }
  const { start, end } = reader.next;
  const written = reader.read('regex', 'a regular expression');
  // `(?i)` at the beginning is how these expressions, which are Java's, leave capitals aside.
  const [, flag, pattern] = /^(\(\?i\))?(.*)$/s.exec(written)!;
  let expression: RegExp;
  try {
    expression = new RegExp(pattern!, flag ? 'i' : '');
  } catch {
    throw malformedQuery(`invalid regular expression /${written}/`, start, end);
  }
  return (left) => expression.test(String(left));
}

function readOperand(reader: TokenReader): Operand {
  const { kind } = reader.next;
  if (kind === 'number') {
    const number = Number(reader.read('number', ''));
    return () => number;
  }
  if (kind === 'text') {
    const text = reader.read('text', '');
    return () => text;
  }
  const field = reader.read('name', 'a field, a number or a text');
  return (row) => row.value(field);
}
