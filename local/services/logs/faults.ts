import { AwsError } from '../../wire/aws-error';

const THINGS = { group: 'log group', stream: 'log stream', filter: 'metric filter', policy: 'resource policy' };

/** 400: a log group or stream that does not exist. */
export const resourceNotFound = (what: 'group' | 'stream' | 'filter' | 'policy') =>
  new AwsError('ResourceNotFoundException', `The specified ${THINGS[what]} does not exist.`);

/** 400: a name that is taken. */
export const resourceAlreadyExists = (what: 'group' | 'stream') =>
  new AwsError('ResourceAlreadyExistsException', `The specified log ${what} already exists`);

/** 400: a query that was never started, or is forgotten. */
export const queryNotFound = (queryId: string) =>
  new AwsError('ResourceNotFoundException', `Query ${queryId} does not exist.`);

/** 400: a query that cannot be read, with the place: the first character, and the one behind the last. */
export const malformedQuery = (message: string, startCharOffset: number, endCharOffset: number) =>
  new AwsError('MalformedQueryException', message, 400, {
    queryCompileError: { location: { startCharOffset, endCharOffset }, message },
  });

/** 400: a parameter that the API does not take. */
export const invalidParameter = (message: string) => new AwsError('InvalidParameterException', message);

/** 400: a parameter beyond the model's constraints. */
export const validationFailed = (member: string, value: unknown, constraint: string) =>
  invalidParameter(
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`,
  );
