import { isFields, type Scope, type StateNode } from '../definition-tree';
import { type Diagnostic, notOneOf, schemaError, unsupportedField } from '../diagnostic';
import { wrongLanguage } from './known-fields';
import { required } from './required-fields';

const RETRIER_FIELDS: ReadonlySet<string> = new Set([
  'Comment',
  'ErrorEquals',
  'IntervalSeconds',
  'MaxAttempts',
  'BackoffRate',
  'MaxDelaySeconds',
  'JitterStrategy',
]);
const CATCHER_FIELDS: ReadonlySet<string> = new Set([
  'Comment',
  'ErrorEquals',
  'Next',
  'ResultPath',
  'Output',
  'Assign',
]);

/** Retry and Catch: their fields, their error names, and States.ALL alone at the end. */
export function errorHandlers(scope: Scope): Diagnostic[] {
  return scope.states.flatMap((state) => [
    ...handlers(state, 'Retry', ['ErrorEquals'], RETRIER_FIELDS),
    ...handlers(state, 'Catch', ['ErrorEquals', 'Next'], CATCHER_FIELDS),
  ]);
}

function handlers(
  { fields, location, language }: StateNode,
  list: 'Retry' | 'Catch',
  needed: readonly string[],
  known: ReadonlySet<string>,
): Diagnostic[] {
  const items = fields[list];
  if (!Array.isArray(items)) return [];
  return items.flatMap((handler, index) => {
    const place = `${location}/${list}[${index}]`;
    if (!isFields(handler)) return [schemaError(place, 'Expected value of type Object')];
    const found: Diagnostic[] = [];
    const missing = needed.filter((field) => handler[field] === undefined);
    if (missing.length > 0) found.push(required(place, missing));
    for (const field of Object.keys(handler)) {
      if (!known.has(field)) found.push(unsupportedField(place, field));
    }
    if (language === 'JSONata' && handler.ResultPath !== undefined)
      found.push(wrongLanguage(place, 'ResultPath', language));
    if (language === 'JSONPath' && handler.Output !== undefined) found.push(wrongLanguage(place, 'Output', language));
    return [
      ...found,
      ...errorNames(handler.ErrorEquals, place, index === items.length - 1),
      ...numbers(handler, place),
    ];
  });
}

function errorNames(names: unknown, place: string, isLast: boolean): Diagnostic[] {
  if (names === undefined) return [];
  if (!Array.isArray(names)) return [schemaError(`${place}/ErrorEquals`, 'Expected value of type Array')];
  if (names.length === 0) return [schemaError(`${place}/ErrorEquals`, 'Value cannot be empty')];
  const position = names.indexOf('States.ALL');
  if (position < 0 || (names.length === 1 && isLast)) return [];
  return [schemaError(`${place}/ErrorEquals[${position}]`, 'States.ALL must appear alone and at end of list')];
}

/** An interval of 0 seconds passes. */
function numbers(handler: Readonly<Record<string, unknown>>, place: string): Diagnostic[] {
  const found: Diagnostic[] = [];
  const within = (field: string, least: number, greatest: number, shownLeast = String(least)) => {
    const value = handler[field];
    if (typeof value !== 'number') return;
    if (value < least) found.push(schemaError(`${place}/${field}`, `Minimum value is ${shownLeast}`));
    if (value > greatest) found.push(schemaError(`${place}/${field}`, `Maximum value is ${greatest}`));
  };
  within('IntervalSeconds', 0, 99999999);
  within('MaxAttempts', 0, 99999999);
  within('MaxDelaySeconds', 1, 31622400);
  within('BackoffRate', 1, Number.POSITIVE_INFINITY, '1.0');
  const { JitterStrategy: jitter } = handler;
  if (jitter !== undefined && jitter !== 'FULL' && jitter !== 'NONE') {
    found.push(notOneOf(`${place}/JitterStrategy`, ['NONE', 'FULL']));
  }
  return found;
}
