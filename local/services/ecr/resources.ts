import { isDeepStrictEqual } from 'node:util';
import type { Host } from '../../wire/host';
import type { ResourceContext, ResourceProvider, ResourceResult } from '../../wire/resource-provider';
import { invalidName, repositoryAlreadyExists, repositoryNotFound } from './faults';
import type { RepositoryRecord } from './model';
import type { RepositoryStore } from './store';

interface RepositoryProperties {
  readonly RepositoryName?: string;
  readonly ImageTagMutability?: string;
  readonly ImageScanningConfiguration?: { readonly ScanOnPush?: boolean };
  readonly EncryptionConfiguration?: { readonly EncryptionType: string; readonly KmsKey?: string };
  readonly RepositoryPolicyText?: object;
  readonly LifecyclePolicy?: { readonly LifecyclePolicyText?: string };
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

const NAME = /^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecr-repository.html */
export function repositoryResource(host: Host, store: RepositoryStore): ResourceProvider<RepositoryProperties> {
  const { accountId, region, kernel } = host;
  const create = (properties: RepositoryProperties, context: ResourceContext): ResourceResult => {
    const name = properties.RepositoryName ?? context.generateName(256).toLowerCase();
    if (!NAME.test(name) || name.length > 256) throw invalidName(name);
    if (store.find(name)) throw repositoryAlreadyExists(name, accountId);
    const repository: RepositoryRecord = {
      name,
      arn: `arn:aws:ecr:${region}:${accountId}:repository/${name}`,
      uri: `${accountId}.dkr.ecr.${region}.amazonaws.com/${name}`,
      createdAtMs: kernel.clock.now(),
      encryption: properties.EncryptionConfiguration ?? { EncryptionType: 'AES256' },
      ...changeable(properties),
    };
    store.put(repository);
    return resultOf(repository);
  };
  return {
    type: 'AWS::ECR::Repository',
    properties: {
      RepositoryName: 'emulated',
      ImageTagMutability: 'emulated',
      ImageScanningConfiguration: { members: { ScanOnPush: 'boolean' } },
      EncryptionConfiguration: { members: { EncryptionType: 'emulated', KmsKey: 'emulated' } },
      RepositoryPolicyText: 'emulated',
      LifecyclePolicy: {
        members: { LifecyclePolicyText: 'emulated', RegistryId: { inert: 'the account has one registry' } },
      },
      EmptyOnDelete: { inert: 'a repository is always empty here' },
      Tags: 'emulated',
    },
    create,
    update: (name, properties, previous, context) => {
      const isReplaced =
        properties.RepositoryName !== previous.RepositoryName ||
        !isDeepStrictEqual(properties.EncryptionConfiguration, previous.EncryptionConfiguration);
      if (isReplaced) return create(properties, context);
      const repository = store.find(name);
      if (!repository) throw repositoryNotFound(name, accountId);
      const changed = { ...repository, ...changeable(properties) };
      store.put(changed);
      return resultOf(changed);
    },
    delete: (name) => store.remove(name),
  };
}

function changeable(properties: RepositoryProperties) {
  return {
    tagMutability: properties.ImageTagMutability ?? 'MUTABLE',
    scansOnPush: properties.ImageScanningConfiguration?.ScanOnPush ?? false,
    policy: properties.RepositoryPolicyText,
    lifecyclePolicy: properties.LifecyclePolicy?.LifecyclePolicyText,
    tags: Object.fromEntries((properties.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
  };
}

function resultOf({ name, arn, uri }: RepositoryRecord): ResourceResult {
  return { physicalId: name, attributes: { Arn: arn, RepositoryUri: uri } };
}
