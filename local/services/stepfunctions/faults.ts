/** The errors of the Step Functions API, in AWS's words. */
import { AwsError } from '../../wire/aws-error';

const fault =
  (code: string, before: string) =>
  (what: string): AwsError =>
    new AwsError(code, `${before}: '${what}'`);

/** `Invalid Arn: 'Invalid ARN prefix: …'` and others. */
export const invalidArn = fault('InvalidArn', 'Invalid Arn');
export const invalidName = fault('InvalidName', 'Invalid Name');
export const invalidDefinition = fault('InvalidDefinition', 'Invalid State Machine Definition');
export const invalidExecutionInput = fault('InvalidExecutionInput', 'Invalid State Machine Execution Input');
export const stateMachineDoesNotExist = fault('StateMachineDoesNotExist', 'State Machine Does Not Exist');
export const stateMachineAlreadyExists = fault('StateMachineAlreadyExists', 'State Machine Already Exists');
export const executionDoesNotExist = fault('ExecutionDoesNotExist', 'Execution Does Not Exist');
export const executionAlreadyExists = fault('ExecutionAlreadyExists', 'Execution Already Exists');
export const executionNotRedrivable = fault('ExecutionNotRedrivable', 'Execution Not Redrivable');
export const activityDoesNotExist = fault('ActivityDoesNotExist', 'Activity Does Not Exist');
export const resourceNotFound = fault('ResourceNotFound', 'Resource not found');

/** A next token or task token that this service never gave. */
export const invalidToken = (): AwsError => new AwsError('InvalidToken', "Invalid Token: 'Invalid token'");

/** A task token whose task has ended, by whatever means. */
export const taskTimedOut = (): AwsError =>
  new AwsError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");

/** The output of SendTaskSuccess is not JSON. */
export const invalidOutput = (reason: string): AwsError => new AwsError('InvalidOutput', `Invalid Output: '${reason}'`);

export const typeNotSupported = (): AwsError =>
  new AwsError('StateMachineTypeNotSupported', 'This operation is not supported by this type of state machine');

export const invalidLogging = (reason: string): AwsError =>
  new AwsError('InvalidLoggingConfiguration', `Invalid Logging Configuration: ${reason}`);

export const invalidEncryption = (reason: string): AwsError =>
  new AwsError('InvalidEncryptionConfiguration', `Invalid Encryption Configuration: ${reason}`);

const KMS_KEY_STATES: Readonly<Record<string, string>> = {
  DisabledException: 'DISABLED',
  KMSInvalidStateException: 'PENDING_DELETION',
};

/** What KMS refused, as Step Functions passes it on; AWS's words are KMS's own. */
export function kmsFault(error: AwsError): AwsError {
  if (error.code === 'AccessDeniedException') return new AwsError('KmsAccessDeniedException', error.message);
  const kmsKeyState = KMS_KEY_STATES[error.code];
  return new AwsError('KmsInvalidStateException', error.message, 400, kmsKeyState ? { kmsKeyState } : {});
}

export const activityAlreadyExists = fault('ActivityAlreadyExists', 'Activity Already Exists');

export const validation = (message: string): AwsError => new AwsError('ValidationException', message);

export const conflict = (message: string): AwsError => new AwsError('ConflictException', message);

export const tooManyTags = (arn: string): AwsError =>
  new AwsError('TooManyTags', `Too many tags: '${arn}'`, 400, { resourceName: arn });

/** CreateStateMachine asks whether Step Functions may act as the role. */
export const roleNotAssumable = (): AwsError =>
  new AwsError(
    'AccessDeniedException',
    'Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role.',
  );
