import { AwsError } from '../../../wire/aws-error';

const notFound = (message: string) => new AwsError('ResourceNotFoundException', message);
const exists = (message: string) => new AwsError('ResourceAlreadyExistsException', message);

export const archiveDoesNotExist = (name: string): AwsError => notFound(`Archive ${name} does not exist.`);
export const archiveAlreadyExists = (name: string): AwsError => exists(`Archive ${name} already exists.`);
export const replayDoesNotExist = (name: string): AwsError => notFound(`Replay ${name} does not exist.`);
export const replayAlreadyExists = (name: string): AwsError => exists(`Replay ${name} already exists.`);

/** A replay that has ended cannot be cancelled. */
export const illegalStatus = (name: string): AwsError =>
  new AwsError('IllegalStatusException', `Replay ${name} is not in a valid state for this operation.`);

/** A rule that AWS keeps for an archive is changed by way of the archive alone. */
export const managedRule = (): AwsError =>
  new AwsError(
    'ManagedRuleException',
    'This rule was created by an AWS service on behalf of your account. It is managed by that service.',
  );
