import type { Host } from '../../../wire/host';
import type { Access, Action } from '../../../wire/service';
import { repositoryNotFound } from '../faults';
import type { RepositoryRecord } from '../model';
import type { RepositoryStore } from '../store';

interface RepositoriesInput {
  readonly repositoryNames?: readonly string[];
}

interface RepositoryInput {
  readonly repositoryName: string;
}

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeRepositories.html; all on one page. */
export function describeRepositories(host: Host, store: RepositoryStore): Action<RepositoriesInput> {
  return {
    access: ({ repositoryNames }) =>
      repositoryNames
        ? repositoryNames.map((name) => accessTo(host, 'ecr:DescribeRepositories', name))
        : [{ action: 'ecr:DescribeRepositories', resource: '*' }],
    handle: ({ repositoryNames }) => ({
      repositories: (repositoryNames?.map((name) => repositoryOf(host, store, name)) ?? store.all()).map((repository) =>
        view(host, repository),
      ),
    }),
  };
}

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ListImages.html; there are none. */
export function listImages(host: Host, store: RepositoryStore): Action<RepositoryInput> {
  return {
    access: ({ repositoryName }) => [accessTo(host, 'ecr:ListImages', repositoryName)],
    handle: ({ repositoryName }) => {
      repositoryOf(host, store, repositoryName);
      return { imageIds: [] };
    },
  };
}

/** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DeleteRepository.html */
export function deleteRepository(host: Host, store: RepositoryStore): Action<RepositoryInput> {
  return {
    access: ({ repositoryName }) => [accessTo(host, 'ecr:DeleteRepository', repositoryName)],
    handle: ({ repositoryName }) => {
      const repository = repositoryOf(host, store, repositoryName);
      store.remove(repositoryName);
      return { repository: view(host, repository) };
    },
  };
}

function accessTo({ region, accountId }: Host, action: string, name: string): Access {
  return { action, resource: `arn:aws:ecr:${region}:${accountId}:repository/${name}` };
}

function repositoryOf({ accountId }: Host, store: RepositoryStore, name: string): RepositoryRecord {
  const repository = store.find(name);
  if (!repository) throw repositoryNotFound(name, accountId);
  return repository;
}

function view({ accountId }: Host, repository: RepositoryRecord) {
  return {
    repositoryArn: repository.arn,
    registryId: accountId,
    repositoryName: repository.name,
    repositoryUri: repository.uri,
    createdAt: repository.createdAtMs / 1000,
    imageTagMutability: repository.tagMutability,
    imageScanningConfiguration: { scanOnPush: repository.scansOnPush },
    encryptionConfiguration: {
      encryptionType: repository.encryption.EncryptionType,
      kmsKey: repository.encryption.KmsKey,
    },
  };
}
