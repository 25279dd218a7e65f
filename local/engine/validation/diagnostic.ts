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

/** An error of another code. */
export function errorOf(code: string, message: string, location?: string): Diagnostic {
  return { severity: 'ERROR', code, message, ...(location === undefined ? {} : { location }) };
}
