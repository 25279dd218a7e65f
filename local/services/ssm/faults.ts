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

/** The request is not one that Systems Manager takes. */
export function validationException(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
