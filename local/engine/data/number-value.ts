import { queryError, runtimeError } from '../errors/state-error';
import type { Json } from '../model/json';
import type { NumberField } from '../model/machine';
import { readRequired } from './data-flow';
import { type Awaitable, isPromise, type Scope } from './scope';
import { unexpectedType } from './unexpected-type';

/** The number in a field, from the definition, a path or an expression. `kind` is how AWS calls it in its messages. */
export function numberValue(field: NumberField, scope: Scope, kind: 'integer' | 'float'): Awaitable<number> {
  if (field.kind === 'literal') return field.value;
  if (field.kind === 'path') return numberAtPath(field.field, field.path.text, readRequired(field.path, scope), kind);
  const value = field.expression.evaluate(scope, field.field);
  return isPromise(value) ? value.then((settled) => numberOf(field, settled, kind)) : numberOf(field, value, kind);
}

function numberOf(field: Extract<NumberField, { kind: 'expression' }>, value: Json, kind: 'integer' | 'float'): number {
  if (typeof value !== 'number') throw unexpectedType(field.expression, field.field, 'number', value);
  if (kind === 'integer' && !Number.isInteger(value)) {
    throw queryError(`The ${field.field} field must be an integer but was: ${value}`, field.field);
  }
  return value;
}

/** Numbers written as strings are taken too. */
function numberAtPath(field: string, text: string, value: Json, kind: 'integer' | 'float'): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  const fits = typeof number === 'number' && (kind === 'float' ? Number.isFinite(number) : Number.isInteger(number));
  if (!fits) {
    const shown = typeof value === 'string' ? value : JSON.stringify(value);
    throw runtimeError(`The ${field} field refers to value "${shown}" which is not a valid ${kind}: ${text}`);
  }
  return number;
}
