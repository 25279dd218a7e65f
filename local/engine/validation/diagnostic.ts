/**
 * What ValidateStateMachineDefinition says of a definition.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinitionDiagnostic.html
 */
export interface Diagnostic {
  readonly severity: 'ERROR' | 'WARNING';
  readonly code: string;
  readonly message: string;
  /** Such as `/States/Charge/Retry[0]/ErrorEquals`; absent where AWS gives none. */
  readonly location?: string;
}

/** An error of the commonest code, SCHEMA_VALIDATION_FAILED. */
export function schemaError(location: string, message: string): Diagnostic {
  return { severity: 'ERROR', code: 'SCHEMA_VALIDATION_FAILED', location, message };
}

/** That a value is not one of those that a field takes, in AWS's words. */
export function notOneOf(location: string, values: readonly string[]): Diagnostic {
  return schemaError(location, `Value should be one of the following: [${values.join(', ')}]`);
}

/** That none of several fields is there, one of which has to be, in AWS's words. */
export function noneOf(location: string, fields: readonly string[]): Diagnostic {
  return schemaError(location, `This object should have only one of the following fields: [${fields.join(', ')}]`);
}

/** That more than one of several fields is there, in AWS's words. */
export function moreThanOneOf(location: string, fields: readonly string[]): Diagnostic {
  return schemaError(location, `There should only be one of the following fields: [${fields.join(', ')}]`);
}

/** That a field is not one of those that an object has, in AWS's words. */
export function unsupportedField(location: string, field: string): Diagnostic {
  return schemaError(location, `Field '${field}' is not supported`);
}

/** An error of another code. */
export function errorOf(code: string, message: string, location?: string): Diagnostic {
  return { severity: 'ERROR', code, message, ...(location === undefined ? {} : { location }) };
}
