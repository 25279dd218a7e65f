/**
 * Owns the static checks of a definition, in AWS's words and AWS's order. Called before a definition is compiled, by
 * CreateStateMachine, UpdateStateMachine, ValidateStateMachineDefinition and TestState.
 * Refuses to judge what only a run can show: paths that find nothing, types of inputs, missing rights.
 */
import { isFields, scopesOf } from './definition-tree';
import { type Diagnostic, errorOf } from './diagnostic';
import { findJsonFault } from './json-text';
import { isJsonata } from './query-language';
import { choiceRules } from './rules/choice-rules';
import { errorHandlers } from './rules/error-handlers';
import { jsonataExpressions } from './rules/jsonata-expressions';
import { knownFields } from './rules/known-fields';
import { literalValues } from './rules/literal-values';
import { mapConfiguration } from './rules/map-configuration';
import { paths } from './rules/paths';
import { queryLanguages } from './rules/query-languages';
import { requiredFields } from './rules/required-fields';
import { resources } from './rules/resources';
import { stateNames } from './rules/state-names';
import { transitions } from './rules/transitions';
import { variableNames } from './rules/variable-names';

/** How many Parallel and Map states may stand inside one another before the parser would run out of stack. */
const DEEPEST_NESTING = 200;

/** All that AWS would say of a definition; empty when there is nothing. Never throws. */
export function validateDefinition(definition: string, type: 'STANDARD' | 'EXPRESS'): Diagnostic[] {
  const fault = findJsonFault(definition);
  if (fault) {
    const source = `[Source: (String)"${definition}"; line: ${fault.line}, column: ${fault.column}]`;
    return [errorOf('INVALID_JSON_DESCRIPTION', `${fault.message}\n at ${source}`, source)];
  }
  const parsed: unknown = JSON.parse(definition);
  if (!isFields(parsed)) return [errorOf('SCHEMA_VALIDATION_FAILED', 'Expected value of type Object', '/')];
  if (nestingOf(parsed) > DEEPEST_NESTING) {
    return [errorOf('TOO_DEEPLY_NESTED', 'The states are too deeply nested', '/')];
  }
  const scopes = scopesOf(parsed, type);
  const machineIsJsonata = isJsonata(parsed.QueryLanguage);
  const found = scopes.flatMap((scope) => [
    ...requiredFields(scope),
    ...knownFields(scope, machineIsJsonata),
    ...queryLanguages(scope, machineIsJsonata),
    ...resources(scope),
    ...literalValues(scope),
    ...paths(scope),
    ...choiceRules(scope, machineIsJsonata),
    ...mapConfiguration(scope),
    ...variableNames(scope),
    ...errorHandlers(scope),
    ...jsonataExpressions(scope),
  ]);
  return [...found, ...stateNames(scopes), ...(found.length === 0 ? scopes.flatMap(transitions) : [])];
}

function nestingOf(root: unknown): number {
  let depth = 0;
  let level: unknown[] = [root];
  while (level.length > 0 && depth <= DEEPEST_NESTING) {
    depth++;
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []));
  }
  return depth;
}
