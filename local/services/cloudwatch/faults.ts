import { AwsError } from '../../wire/aws-error';

/** 400: a value that the parameter does not take. */
export const invalidParameterValue = (message: string) => new AwsError('InvalidParameterValue', message);

/** 400: parameters that do not go together. */
export const invalidParameterCombination = (message: string) => new AwsError('InvalidParameterCombination', message);

/** 400: a parameter that is missing. */
export const missingParameter = (name: string) =>
  new AwsError('MissingParameter', `The parameter ${name} is required.`);

/** 404: no alarm has this name. */
export const alarmNotFound = (name: string) => new AwsError('ResourceNotFound', `Alarm ${name} does not exist`, 404);

/** 404: no dashboard has this name. */
export const dashboardNotFound = (name: string) =>
  new AwsError('ResourceNotFound', `Dashboard ${name} does not exist`, 404);

/** 400: something about an alarm that CloudWatch does not take. */
export const validationError = (message: string) => new AwsError('ValidationError', message);

/** 404: nothing has this ARN. */
export const resourceNotFound = (arn: string) =>
  new AwsError('ResourceNotFoundException', `Unknown resource: ${arn}`, 404);
