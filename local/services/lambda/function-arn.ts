import { validationFailed } from './faults';

/** A function as a caller names it. */
export interface FunctionReference {
  readonly functionName: string;
  /** A version, an alias or `$LATEST`. */
  readonly qualifier?: string;
}

const REFERENCE =
  /^(?:arn:(?:aws|aws-cn|aws-us-gov):lambda:[a-z0-9-]+:\d{12}:function:|\d{12}:function:|function:)?([A-Za-z0-9_-]{1,64})(?::(\$LATEST|[A-Za-z0-9_-]+))?$/;

/**
 * Reads `FunctionName` in all of its forms: name, name:qualifier, partial ARN, full ARN, with a qualifier that may also
 * come apart. Throws ValidationException for anything else.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export function readFunctionReference(functionName: unknown, qualifier?: string): FunctionReference {
  const match = typeof functionName === 'string' ? REFERENCE.exec(functionName) : undefined;
  if (!match) {
    throw validationFailed(
      'functionName',
      functionName,
      `Member must satisfy regular expression pattern: ${REFERENCE.source}`,
    );
  }
  return { functionName: match[1]!, qualifier: qualifier || match[2] };
}

/** The name of a function that is to be made, from a name or an ARN. Throws ValidationException for a qualified one. */
export function unqualifiedName(functionName: unknown): string {
  const reference = readFunctionReference(functionName);
  if (reference.qualifier) {
    throw validationFailed('functionName', functionName, 'Member must not have a qualifier');
  }
  return reference.functionName;
}

/** The ARN of a function, with the qualifier when there is one. */
export function functionArn(region: string, accountId: string, functionName: string, qualifier?: string): string {
  return `arn:aws:lambda:${region}:${accountId}:function:${functionName}${qualifier ? `:${qualifier}` : ''}`;
}
