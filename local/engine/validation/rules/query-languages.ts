import type { Scope } from '../definition-tree';
import { type Diagnostic, schemaError } from '../diagnostic';

/** A state may leave JSONPath for JSONata, but not the other way. */
export function queryLanguages(scope: Scope, machineIsJsonata: boolean): Diagnostic[] {
  const found: Diagnostic[] = [];
  const check = (value: unknown, location: string) => {
    if (value !== undefined && value !== 'JSONPath' && value !== 'JSONata') {
      found.push(schemaError(`${location}/QueryLanguage`, 'Value must be one of the following: [JSONPath, JSONata]'));
    }
  };
  if (scope.kind === 'machine') check(scope.fields.QueryLanguage, '');
  for (const { fields, location } of scope.states) {
    check(fields.QueryLanguage, location);
    if (machineIsJsonata && fields.QueryLanguage === 'JSONPath') {
      found.push(
        schemaError(location, "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine"),
      );
    }
  }
  return found;
}
