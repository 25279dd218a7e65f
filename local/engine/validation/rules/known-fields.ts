import type { Scope } from '../definition-tree';
import { type Diagnostic, moreThanOneOf, schemaError, unsupportedField } from '../diagnostic';
import { EXCLUSIVE_FIELDS, JSONATA_FIELDS, JSONPATH_FIELDS, SCOPE_FIELDS, STATE_FIELDS } from '../state-fields';
import { isDowngraded } from './query-languages';

/** Fields that a state type, or a machine, does not have; fields of the other query language; pairs that exclude. */
export function knownFields(scope: Scope, machineIsJsonata: boolean): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const field of Object.keys(scope.fields)) {
    if (!SCOPE_FIELDS[scope.kind]!.has(field)) {
      found.push(unsupportedField(scope.location || '/', field));
    }
  }
  for (const state of scope.states) {
    const { fields, location, language } = state;
    const type = String(fields.Type);
    const known = Object.hasOwn(STATE_FIELDS, type) ? STATE_FIELDS[type] : undefined;
    if (!known) continue;
    for (const field of Object.keys(fields)) {
      if (!known.has(field)) found.push(unsupportedField(location, field));
      else if (isDowngraded(state, machineIsJsonata)) continue;
      else if (language === 'JSONata' && JSONPATH_FIELDS.has(field))
        found.push(wrongLanguage(location, field, 'JSONata'));
      else if (language === 'JSONPath' && JSONATA_FIELDS.has(field))
        found.push(wrongLanguage(location, field, 'JSONPath'));
    }
    for (const group of EXCLUSIVE_FIELDS) {
      if (group.filter((field) => fields[field] !== undefined).length > 1) {
        found.push(moreThanOneOf(location, group));
      }
    }
  }
  return found;
}

/** That a field belongs to the other query language, in AWS's words. */
export function wrongLanguage(location: string, field: string, language: 'JSONata' | 'JSONPath'): Diagnostic {
  const other = language === 'JSONata' ? 'JSONPath' : 'JSONata';
  return schemaError(
    location,
    `The QueryLanguage is set to '${language}', but field '${field}' is only supported for the '${other}' QueryLanguage`,
  );
}
