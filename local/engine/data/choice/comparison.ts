import { runtimeError } from '../../errors/state-error';
import type { Json, JsonObject } from '../../model/json';
import { PathNotFound } from '../jsonpath/read';
import { type PathField, pathField } from '../path-field';
import type { Scope } from '../scope';
import { matchesWildcards } from './match';
import type { Test } from './rule';
import { parseTimestamp } from './timestamp';

/** Compares the variable with the rule's value; false when their types do not fit the operator. */
type Comparison = (variable: Json, value: Json) => boolean;

const ordered = (
  decide: (order: number) => boolean,
  compare: (variable: Json, value: Json) => number | undefined,
): Comparison => {
  return (variable, value) => {
    const order = compare(variable, value);
    return order !== undefined && decide(order);
  };
};

const numbers = (a: Json, b: Json) => (typeof a === 'number' && typeof b === 'number' ? a - b : undefined);
const strings = (a: Json, b: Json) => {
  if (typeof a !== 'string' || typeof b !== 'string') return undefined;
  return a < b ? -1 : a > b ? 1 : 0;
};
const timestamps = (a: Json, b: Json) => {
  const [left, right] = [parseTimestamp(a), parseTimestamp(b)];
  return left === undefined || right === undefined ? undefined : left - right;
};

const ORDERS: ReadonlyArray<readonly [string, (order: number) => boolean]> = [
  ['Equals', (order) => order === 0],
  ['LessThan', (order) => order < 0],
  ['LessThanEquals', (order) => order <= 0],
  ['GreaterThan', (order) => order > 0],
  ['GreaterThanEquals', (order) => order >= 0],
];

const COMPARISONS: ReadonlyMap<string, Comparison> = new Map<string, Comparison>([
  ...ORDERS.flatMap(
    ([name, decide]): Array<[string, Comparison]> => [
      [`Numeric${name}`, ordered(decide, numbers)],
      [`String${name}`, ordered(decide, strings)],
      [`Timestamp${name}`, ordered(decide, timestamps)],
    ],
  ),
  ['BooleanEquals', (variable, value) => typeof variable === 'boolean' && variable === value],
  [
    'StringMatches',
    (variable, value) => typeof variable === 'string' && typeof value === 'string' && matchesWildcards(variable, value),
  ],
]);

const TYPE_TESTS: ReadonlyMap<string, (variable: Json) => boolean> = new Map([
  ['IsNull', (variable) => variable === null],
  ['IsString', (variable) => typeof variable === 'string'],
  ['IsNumeric', (variable) => typeof variable === 'number'],
  ['IsBoolean', (variable) => typeof variable === 'boolean'],
  ['IsTimestamp', (variable) => parseTimestamp(variable) !== undefined],
]);

/** Compiles `{Variable, OPERATOR: value}`. A rule without a known operator never matches. */
export function compileComparison(rule: JsonObject): Test {
  const variable = pathField(rule.Variable);
  if (!variable) return () => false;
  for (const name of Object.keys(rule)) {
    const operand = rule[name]!;
    if (name === 'IsPresent') return (scope) => isPresent(variable, scope) === operand;
    const typeTest = TYPE_TESTS.get(name);
    if (typeTest) return (scope) => typeTest(read(variable, scope)) === operand;
    const comparison = COMPARISONS.get(name);
    if (comparison) return (scope) => comparison(read(variable, scope), operand);
    const pathComparison = name.endsWith('Path') ? COMPARISONS.get(name.slice(0, -'Path'.length)) : undefined;
    const path = pathComparison && pathField(operand);
    if (pathComparison && path) return (scope) => pathComparison(read(variable, scope), read(path, scope));
  }
  return () => false;
}

function isPresent(variable: PathField, scope: Scope): boolean {
  try {
    const value = variable.read(scope);
    return variable.path?.isDefinite !== false || !Array.isArray(value) || value.length > 0;
  } catch (error) {
    if (error instanceof PathNotFound) return false;
    throw error;
  }
}

function read(field: PathField, scope: Scope): Json {
  try {
    return field.read(scope);
  } catch (error) {
    if (!(error instanceof PathNotFound)) throw error;
    throw runtimeError(`Invalid path '${field.text}': The choice state's condition path references an invalid value.`);
  }
}
