import { AwsError } from '../../wire/aws-error';
import type { Caller } from '../../wire/caller';

/** 404: nothing has this ARN. */
export const functionNotFound = (arn: string) =>
  new AwsError('ResourceNotFoundException', `Function not found: ${arn}`, 404, { Type: 'User' });

/** 403: a function of another account, which admits nobody of this one. */
export const functionOfOtherAccount = (caller: Caller, action: string, arn: string) => {
  const who = caller.kind === 'service' ? caller.principal : caller.arn;
  return new AwsError(
    'AccessDeniedException',
    `User: ${who} is not authorized to perform: lambda:${action} on resource: ${arn} because no resource-based policy allows the lambda:${action} action`,
    403,
    { Type: 'User' },
  );
};

/** 404: any other resource of Lambda that does not exist; `message` in AWS's words. */
export const notFound = (message: string) => new AwsError('ResourceNotFoundException', message, 404, { Type: 'User' });

/** 400: a parameter that Lambda does not take. */
export const invalidParameter = (message: string) =>
  new AwsError('InvalidParameterValueException', message, 400, { Type: 'User' });

/** 400: a parameter that fails the model's constraints, in the words of AWS's front end. */
export const validationFailed = (member: string, value: unknown, constraint: string) =>
  new AwsError(
    'ValidationException',
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`,
  );

/** 400: the payload of an invocation is not JSON. */
export const invalidRequestContent = (message: string) =>
  new AwsError('InvalidRequestContentException', `Could not parse request body into json: ${message}`, 400, {
    Type: 'User',
  });

/** 413: the payload of an invocation is beyond the limit of its invocation type. */
export const requestTooLarge = (sizeBytes: number, limitBytes: number) =>
  new AwsError(
    'RequestTooLargeException',
    `${sizeBytes} byte payload is too large for the invocation type (limit ${limitBytes} bytes)`,
    413,
    { Type: 'User' },
  );

/** 429: a concurrency limit. `reason` is AWS's, such as `ReservedFunctionConcurrentInvocationLimitExceeded`. */
export const tooManyRequests = (reason: string) =>
  new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429, { Reason: reason, Type: 'User' });

/** 409: the thing exists already; `message` in AWS's words. */
export const resourceConflict = (message: string) =>
  new AwsError('ResourceConflictException', message, 409, { Type: 'User' });

/** 412: the function or alias has another revision than the caller knows. */
export const preconditionFailed = () =>
  new AwsError(
    'PreconditionFailedException',
    'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
    412,
    { Type: 'User' },
  );

/** 500: the embedded Lambda is stopping. */
export const serviceStopped = () => new AwsError('ServiceException', 'The embedded Lambda is stopping.', 500);
