import { queryError, type StateError } from '../errors/state-error';
import type { Json } from '../model/json';
import type { JsonataExpression } from './jsonata/expression';

/** States.QueryEvaluationError for an expression whose result is not of the type that its field needs. */
export function unexpectedType(
  expression: JsonataExpression,
  field: string,
  expected: string,
  value: Json,
): StateError {
  const actual = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  return queryError(
    `${expression.introduction(field)} returned an unexpected result type. ` +
      `Expected '${expected}', but was '${actual}' for value: ${JSON.stringify(value)}`,
    field,
  );
}
