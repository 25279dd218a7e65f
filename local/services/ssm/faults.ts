import { AwsError } from '../../wire/aws-error';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html#API_GetParameter_Errors */
export function parameterNotFound(): AwsError {
  return new AwsError('ParameterNotFound', '');
}

/** A parameter of that name is there and was not to be overwritten. */
export function parameterAlreadyExists(): AwsError {
  return new AwsError(
    'ParameterAlreadyExists',
    'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
  );
}

/** A version is not there; `what` is `version 3` or `label live`. */
export function versionNotFound(name: string, what: string): AwsError {
  return new AwsError(
    'ParameterVersionNotFound',
    `Systems Manager could not find ${what} of ${name}. Verify the version and try again.`,
  );
}

/** The request is not one that Systems Manager takes. */
export function validationException(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

/** A name that begins with `aws` belongs to AWS. */
export function reservedName(name: string): AwsError {
  return new AwsError('AccessDeniedException', `No access to reserved parameter name: ${name}.`);
}

export function hierarchyTooDeep(): AwsError {
  return new AwsError(
    'HierarchyLevelLimitExceededException',
    'A hierarchy can have a maximum of 15 levels. For more information, see Requirements and constraints for parameter names.',
  );
}

export function typeMismatch(): AwsError {
  return new AwsError(
    'HierarchyTypeMismatchException',
    "Parameter Store does not support changing a parameter type in a hierarchy. For example, you can't change a parameter " +
      'from a String type to a SecureString type. You must create a new, unique parameter.',
  );
}

export function invalidPattern(pattern: string): AwsError {
  return new AwsError('InvalidAllowedPatternException', `The request does not meet the regular expression ${pattern}`);
}

export function patternMismatch(pattern: string): AwsError {
  return new AwsError(
    'ParameterPatternMismatchException',
    `Parameter value, cannot be validated against allowedPattern: ${pattern}`,
  );
}

export function unsupportedType(type: string): AwsError {
  return new AwsError('UnsupportedParameterType', `The parameter type ${type} is not supported.`);
}

export function oldestIsLabelled(name: string, version: number): AwsError {
  return new AwsError(
    'ParameterMaxVersionLimitExceeded',
    `You attempted to create a new version of ${name} by calling the PutParameter API with the overwrite flag. Version ` +
      `${version}, the oldest version, can't be deleted because it has a label associated with it. Move the label to another ` +
      'version of the parameter, and try again.',
  );
}

export function tooManyLabels(): AwsError {
  return new AwsError('ParameterVersionLabelLimitExceeded', 'A parameter version can have maximum 10 labels.');
}

export function invalidKeyId(message: string): AwsError {
  return new AwsError('InvalidKeyId', message);
}

export function invalidNextToken(): AwsError {
  return new AwsError('InvalidNextToken', 'The specified token is not valid.');
}

export function invalidFilterKey(key: string): AwsError {
  return new AwsError('InvalidFilterKey', `The following filter key is not valid: ${key}.`);
}

export function invalidFilterOption(option: string): AwsError {
  return new AwsError('InvalidFilterOption', `The following filter option is not valid: ${option}.`);
}

export function invalidResourceId(): AwsError {
  return new AwsError(
    'InvalidResourceId',
    'The resource ID is not valid. Verify that you entered the correct ID and try again.',
  );
}

export function invalidResourceType(type: string): AwsError {
  return new AwsError(
    'InvalidResourceType',
    `${type} is not a valid resource type here: parameters alone are emulated.`,
  );
}

export function tooManyTags(): AwsError {
  return new AwsError('TooManyTagsError', 'The Targets parameter includes too many tags.');
}
