import { type Fields, isFields, scopesOf } from '../../../engine/validation/definition-tree';
import { findJsonFault } from '../../../engine/validation/json-text';
import { isJsonata } from '../../../engine/validation/query-language';
import { checkDefinition } from '../definition-check';
import { invalidDefinition, validation } from '../faults';

/** The name under which AWS runs the state. */
export const SUBJECT = 'StateName';
const VARIABLES = 'Variables';

/** The state that TestState looks at. */
export interface TestSubject {
  readonly fields: Fields;
  readonly type: string;
  readonly isJsonata: boolean;
}

/** Reads a single state, or picks one out of a whole definition. Throws InvalidDefinition. */
export function readSubject(definition: string, stateName: string | undefined): TestSubject {
  const fault = findJsonFault(definition);
  if (fault) checkDefinition(definition, 'STANDARD');
  const parsed: unknown = JSON.parse(definition);
  if (!isFields(parsed)) throw invalidDefinition('SCHEMA_VALIDATION_FAILED: Expected value of type Object at /');
  if (parsed.States === undefined && stateName === undefined) return readState(parsed);
  checkDefinition(definition, 'STANDARD');
  if (stateName === undefined) throw validation('stateName must be given with the definition of a state machine');
  const state = scopesOf(parsed)
    .flatMap((scope) => scope.states)
    .find((candidate) => candidate.name === stateName);
  if (!state) throw validation(`State not found: '${stateName}'`);
  return subjectOf(state.fields, state.language === 'JSONata');
}

function readState(fields: Fields): TestSubject {
  const subject = subjectOf(fields, isJsonata(fields.QueryLanguage));
  checkDefinition(machineAround(subject), 'STANDARD');
  return subject;
}

function subjectOf(fields: Fields, isStateJsonata: boolean): TestSubject {
  return { fields, type: String(fields.Type), isJsonata: isStateJsonata };
}

/**
 * A machine that runs the state alone: wherever it leads, a Pass state ends the run. Variables that the test gives are
 * assigned before.
 */
export function machineAround(subject: TestSubject, variables: Fields = {}, changes: Fields = {}): string {
  const language = subject.isJsonata ? { QueryLanguage: 'JSONata' } : {};
  const state = { ...subject.fields, ...language, ...changes };
  const states: Record<string, unknown> = {};
  const hasVariables = Object.keys(variables).length > 0;
  if (hasVariables) states[VARIABLES] = { Type: 'Pass', Assign: variables, Next: SUBJECT };
  for (const target of targetsOf(state)) states[target] = { Type: 'Pass', End: true };
  states[SUBJECT] = state;
  return JSON.stringify({ StartAt: hasVariables ? VARIABLES : SUBJECT, States: states });
}

function targetsOf(state: Fields): string[] {
  const targets = [state.Next, state.Default];
  for (const list of [state.Choices, state.Catch]) {
    if (Array.isArray(list)) for (const item of list) if (isFields(item)) targets.push(item.Next);
  }
  return targets.filter((target): target is string => typeof target === 'string');
}
