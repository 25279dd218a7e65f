import { AwsError } from '../../wire/aws-error';

/** An event pattern that AWS would not take. AWS adds where in the text its parser stood; that is left out here. */
export function invalidEventPattern(reason: string): AwsError {
  return new AwsError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${reason}`);
}

/** A parameter is missing or has a value that EventBridge does not take. */
export function validation(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

/** A constraint of the API's model, in the words that all AWS services share. */
export function constraint(member: string, value: unknown, rule: string): AwsError {
  const text = value === undefined ? 'null' : `'${value}'`;
  return validation(
    `1 validation error detected: Value ${text} at '${member}' failed to satisfy constraint: Member must ${rule}`,
  );
}

/** The bus is not there. */
export function busDoesNotExist(name: string): AwsError {
  return new AwsError('ResourceNotFoundException', `Event bus ${name} does not exist.`);
}

/** The rule is not there. */
export function ruleDoesNotExist(name: string, bus: string): AwsError {
  return new AwsError('ResourceNotFoundException', `Rule ${name} does not exist on EventBus ${bus}.`);
}

/** A bus of that name is there already. */
export function busAlreadyExists(name: string): AwsError {
  return new AwsError('ResourceAlreadyExistsException', `Event bus ${name} already exists.`);
}

/** A rule has five targets at most. */
export function tooManyTargets(): AwsError {
  return new AwsError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
}

/** The connection is not there. */
export function connectionDoesNotExist(nameOrArn: string): AwsError {
  return new AwsError('ResourceNotFoundException', `Connection '${nameOrArn}' does not exist.`);
}

/** A connection of that name is there already. */
export function connectionAlreadyExists(name: string): AwsError {
  return new AwsError('ResourceAlreadyExistsException', `Connection ${name} already exists.`);
}
