import type { Scope, StateNode } from '../definition-tree';
import { type Diagnostic, notOneOf, schemaError } from '../diagnostic';

const LANGUAGES = ['JSONPath', 'JSONata'];

/** A state may leave JSONPath for JSONata, but not the other way. */
export function queryLanguages(scope: Scope, machineIsJsonata: boolean): Diagnostic[] {
  const found: Diagnostic[] = [];
  const check = (value: unknown, location: string) => {
    const place = `${location}/QueryLanguage`;
    if (value === undefined) return;
    if (typeof value !== 'string') found.push(schemaError(place, 'Expected value of type [STRING]'));
    else if (!LANGUAGES.includes(value)) found.push(notOneOf(place, LANGUAGES));
  };
  if (scope.kind === 'machine') check(scope.fields.QueryLanguage, '');
  for (const state of scope.states) {
    check(state.fields.QueryLanguage, state.location);
    if (isDowngraded(state, machineIsJsonata)) {
      found.push(
        schemaError(
          state.location,
          "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine",
        ),
      );
    }
  }
  return found;
}

/** True for a state that goes back to JSONPath; AWS says no more of the fields that its language lacks. */
export function isDowngraded({ fields }: StateNode, machineIsJsonata: boolean): boolean {
  return machineIsJsonata && fields.QueryLanguage === 'JSONPath';
}
