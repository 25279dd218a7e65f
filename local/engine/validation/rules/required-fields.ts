import { isFields, type Scope, type StateNode } from '../definition-tree';
import { type Diagnostic, noneOf, notOneOf, schemaError } from '../diagnostic';
import { STATE_FIELDS } from '../state-fields';

const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  Task: ['Resource'],
  Choice: ['Choices'],
  Parallel: ['Branches'],
};

/** Of each group one must be there. */
const ONE_OF: Readonly<Record<string, readonly (readonly string[])[]>> = {
  Pass: [['Next', 'End']],
  Task: [['Next', 'End']],
  Parallel: [['Next', 'End']],
  Map: [
    ['Next', 'End'],
    ['ItemProcessor', 'Iterator'],
  ],
  Wait: [
    ['Next', 'End'],
    ['SecondsPath', 'Seconds', 'TimestampPath', 'Timestamp'],
  ],
};

const LISTS = ['Choices', 'Branches', 'Retry', 'Catch'] as const;
const MAY_BE_EMPTY: ReadonlySet<string> = new Set(['Retry', 'Catch']);

/** Fields that must be there, and lists that must not be empty. */
export function requiredFields(scope: Scope): Diagnostic[] {
  const missing = ['States', 'StartAt'].filter((field) => scope.fields[field] === undefined);
  const found = missing.length > 0 ? [required(scope.location || '/', missing)] : [];
  const { States: states } = scope.fields;
  if (states !== undefined && !isFields(states)) {
    found.push(schemaError(`${scope.location}/States`, 'Expected value of type Object'));
  } else if (isFields(states) && Object.keys(states).length === 0) {
    found.push(schemaError(`${scope.location}/States`, 'Value cannot be empty'));
  }
  for (const [name, state] of Object.entries(isFields(states) ? states : {})) {
    if (!isFields(state)) found.push(schemaError(`${scope.location}/States/${name}`, 'Expected value of type Object'));
  }
  return [...found, ...scope.states.flatMap(ofState)];
}

function ofState({ fields, location, language }: StateNode): Diagnostic[] {
  const type = fields.Type;
  if (type === undefined) return [required(location, ['Type'])];
  if (typeof type !== 'string' || !Object.hasOwn(STATE_FIELDS, type)) {
    return [notOneOf(`${location}/Type`, Object.keys(STATE_FIELDS))];
  }
  const found: Diagnostic[] = [];
  const missing = (REQUIRED[type] ?? []).filter((field) => fields[field] === undefined);
  if (missing.length > 0) found.push(required(location, missing));
  for (const group of ONE_OF[type] ?? []) {
    if (group.every((field) => fields[field] === undefined)) {
      const shown = language === 'JSONata' ? group.filter((field) => !field.endsWith('Path')) : group;
      found.push(noneOf(location, shown));
    }
  }
  for (const list of LISTS) {
    const value = fields[list];
    if (value === undefined) continue;
    if (!Array.isArray(value)) found.push(schemaError(`${location}/${list}`, 'Expected value of type Array'));
    else if (value.length === 0 && !MAY_BE_EMPTY.has(list)) {
      found.push(schemaError(`${location}/${list}`, 'Value cannot be empty'));
    }
  }
  return found;
}

/** That fields are missing, in AWS's words. */
export function required(location: string, fields: readonly string[]): Diagnostic {
  return schemaError(location, `These fields are required: [${fields.join(', ')}]`);
}
