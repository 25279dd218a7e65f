import { AwsError } from '../../wire/aws-error';

/** What CloudFormation answers to a request that it will not begin. */
export function validationError(message: string): AwsError {
  return new AwsError('ValidationError', message);
}

/** A stack of that name or id is not there. */
export function stackDoesNotExist(nameOrId: string): AwsError {
  return validationError(`Stack with id ${nameOrId} does not exist`);
}

/** A live stack has that name. */
export function alreadyExists(stackName: string): AwsError {
  return new AwsError('AlreadyExistsException', `Stack [${stackName}] already exists`);
}

/** The template makes identities, and the caller has not said that it knows. */
export function insufficientCapabilities(needed: readonly string[]): AwsError {
  return new AwsError('InsufficientCapabilitiesException', `Requires capabilities : [${needed.join(', ')}]`);
}

/** The stack, or the account, has no change set of that name or id. */
export function changeSetNotFound(nameOrId: string): AwsError {
  return new AwsError('ChangeSetNotFound', `ChangeSet [${nameOrId}] does not exist`, 404);
}

/** The stack has a change set of that name. */
export function changeSetExists(name: string): AwsError {
  return new AwsError('AlreadyExistsException', `ChangeSet [${name}] already exists`);
}

/** The change set's state does not admit the operation. */
export function invalidChangeSetStatus(message: string): AwsError {
  return new AwsError('InvalidChangeSetStatus', message);
}

/** A failed operation was left as it stands: what can be done next, in AWS's words. */
export function pausedStack(status: string): AwsError {
  return validationError(
    `This stack is currently in a non-terminal [${status}] state. To update the stack from this state, please use the ` +
      'disable-rollback parameter with update-stack API. To rollback to the last known good state, use the rollback-stack API',
  );
}

/** The stack's state does not admit the operation. */
export function wrongState(stackName: string, stackId: string, status: string, operation: string): AwsError {
  return validationError(`Stack:${stackId} is in ${status} state and can not be ${operation}. (stack ${stackName})`);
}

/** No stack uses an export of that name. */
export function notImported(exportName: string): AwsError {
  return validationError(`Export '${exportName}' is not imported by any stack.`);
}

/** Nothing in the template or its parameters has changed. */
export function noUpdates(): AwsError {
  return validationError('No updates are to be performed.');
}

/** An operation that began, failed and was rolled back; `reasons` are one line per resource. */
export function operationFailed(stackName: string, status: string, reasons: readonly string[]): AwsError {
  return new AwsError('StackFailed', `stack ${stackName} ended as ${status}: ${reasons.join('; ')}`);
}

/** A custom resource that failed; its message stands in events as it is. */
export class CustomResourceFailure extends Error {}

/**
 * A handler's failure as CloudFormation gives it in events.
 * https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-test-contract-errors.html
 */
export function handlerMessage(error: unknown, requestToken: string): string {
  if (error instanceof CustomResourceFailure) return error.message;
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof AwsError ? error.code : '';
  return `Resource handler returned message: "${message}" (RequestToken: ${requestToken}, HandlerErrorCode: ${handlerCode(code)})`;
}

function handlerCode(code: string): string {
  if (/AlreadyExists|ResourceConflict|ResourceInUse|NameExists/.test(code)) return 'AlreadyExists';
  if (/NotFound|NoSuch|DoesNotExist/.test(code)) return 'NotFound';
  if (/AccessDenied/.test(code)) return 'AccessDenied';
  if (/Validation|Invalid|Malformed/.test(code)) return 'InvalidRequest';
  return 'GeneralServiceException';
}
