import { AwsError } from '../../wire/aws-error';

/** 400: something that S3 Vectors does not take; `path` and `detail` are the entry of the error's `fieldList`. */
export function validation(message: string, path?: string, detail = message): AwsError {
  const details = path === undefined ? {} : { fieldList: [{ path, message: detail }] };
  return new AwsError('ValidationException', message, 400, details);
}

/** 400: a constraint of the API's model. `subject` is how the value stands in the text: `Value`, `Value with length 2`. */
export function constraint(path: string, rule: string, subject = 'Value'): AwsError {
  const detail = `${subject} at '${path}' failed to satisfy constraint: Member must ${rule}`;
  return validation(`1 validation error detected. ${detail}`, path, detail);
}

/** 400: a vector of PutVectors, by its place in the request. `member` is the part of it that is wrong. */
export function invalidRecord(key: string, place: number, problem: string, member = ''): AwsError {
  return validation(`Invalid record for key '${key}': ${problem}`, `vectors[${place}]${member}`, problem);
}

export function invalidQueryVector(detail: string): AwsError {
  const message = 'Query vector contains invalid values or is invalid for this index';
  return validation(message, 'vector', `Invalid input: ${detail}`);
}

export function invalidFilter(message = 'Invalid filter'): AwsError {
  return validation(message, 'filter');
}

export function invalidToken(): AwsError {
  return validation('Invalid nextToken', 'nextToken');
}

function notFound(message: string): AwsError {
  return new AwsError('NotFoundException', message, 404);
}

export const bucketNotFound = () => notFound('The specified vector bucket could not be found');
export const indexNotFound = () => notFound('The specified index could not be found');
export const policyNotFound = () => notFound('The specified vector bucket policy could not be found');
export const resourceNotFound = () => notFound('The specified resource could not be found');

function conflict(message: string): AwsError {
  return new AwsError('ConflictException', message, 409);
}

export const bucketExists = () => conflict('A vector bucket with the specified name already exists');
export const indexExists = () => conflict('An index with the specified name already exists');
export const bucketNotEmpty = () => conflict('The specified vector bucket is not empty');

/** 402: a quota of the account or of a bucket. */
export function quotaExceeded(message: string): AwsError {
  return new AwsError('ServiceQuotaExceededException', message, 402);
}

/** 429: more writes in a second than an index takes. */
export function tooManyRequests(): AwsError {
  return new AwsError('TooManyRequestsException', 'Request rate exceeded. Reduce your request rate.', 429);
}
