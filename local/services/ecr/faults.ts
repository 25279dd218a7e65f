import { AwsError } from '../../wire/aws-error';

/** The account has no repository of that name. */
export function repositoryNotFound(name: string, registryId: string): AwsError {
  return new AwsError(
    'RepositoryNotFoundException',
    `The repository with name '${name}' does not exist in the registry with id '${registryId}'`,
  );
}

/** The account has a repository of that name. */
export function repositoryAlreadyExists(name: string, registryId: string): AwsError {
  return new AwsError(
    'RepositoryAlreadyExistsException',
    `The repository with name '${name}' already exists in the registry with id '${registryId}'`,
  );
}

/** A name that no repository can have. */
export function invalidName(name: string): AwsError {
  return new AwsError(
    'InvalidParameterException',
    `Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must satisfy regular expression ` +
      `'(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*'' (${name})`,
  );
}
