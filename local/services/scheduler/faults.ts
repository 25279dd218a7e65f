import { AwsError } from '../../wire/aws-error';

/** Scheduler's error shapes have their text in `Message`. */
function fault(code: string, message: string, statusCode: number): AwsError {
  return new AwsError(code, message, statusCode, { Message: message });
}

/** 400: a parameter that Scheduler does not take. */
export function validation(message: string): AwsError {
  return fault('ValidationException', message, 400);
}

/** 400: a constraint of the API's model, in the words that all AWS services share. */
export function constraint(member: string, value: unknown, rule: string): AwsError {
  const text = value === undefined || value === null ? 'null' : `'${value}'`;
  return validation(
    `1 validation error detected: Value ${text} at '${member}' failed to satisfy constraint: Member must ${rule}`,
  );
}

/** 404: no such schedule in its group. */
export function scheduleDoesNotExist(name: string): AwsError {
  return fault('ResourceNotFoundException', `Schedule ${name} does not exist.`, 404);
}

/** 404: no such group. */
export function groupDoesNotExist(name: string): AwsError {
  return fault('ResourceNotFoundException', `Schedule group ${name} does not exist.`, 404);
}

/** 404: nothing that can have tags has this ARN. */
export function resourceDoesNotExist(arn: string): AwsError {
  return fault('ResourceNotFoundException', `Resource ${arn} does not exist.`, 404);
}

/** 409: the name is taken, or a client token comes again with another request. */
export function conflict(message: string): AwsError {
  return fault('ConflictException', message, 409);
}

/** 402: a quota of the account. */
export function quotaExceeded(message: string): AwsError {
  return fault('ServiceQuotaExceededException', message, 402);
}
