import type { ResourceProvider } from '../../../wire/resource-provider';
import { invalidParameter } from '../faults';
import type { Secret } from '../model';
import { addSecret } from '../new-secret';
import { addVersion } from '../new-version';
import { type PasswordRules, randomPassword } from '../random-password';
import type { SecretsManager } from '../secrets-manager';
import { readTags, type TagEntry } from '../tags';
import { CURRENT } from '../versions';

interface SecretProperties {
  readonly Name?: string;
  readonly Description?: string;
  readonly KmsKeyId?: string;
  readonly SecretString?: string;
  readonly GenerateSecretString?: PasswordRules & {
    readonly SecretStringTemplate?: string;
    readonly GenerateStringKey?: string;
  };
  readonly Tags?: readonly TagEntry[];
}

/**
 * `AWS::SecretsManager::Secret`: Ref and Id are the ARN. A generated content is made anew only when its rules change.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secret.html
 */
export function secretResource(service: SecretsManager): ResourceProvider<SecretProperties> {
  const resultOf = ({ arn }: Secret) => ({ physicalId: arn, attributes: { Id: arn } });
  return {
    type: 'AWS::SecretsManager::Secret',
    properties: {
      Description: 'emulated',
      GenerateSecretString: {
        members: {
          ExcludeCharacters: 'emulated',
          ExcludeLowercase: 'boolean',
          ExcludeNumbers: 'boolean',
          ExcludePunctuation: 'boolean',
          ExcludeUppercase: 'boolean',
          GenerateStringKey: 'emulated',
          IncludeSpace: 'boolean',
          PasswordLength: 'number',
          RequireEachIncludedType: 'boolean',
          SecretStringTemplate: 'emulated',
        },
      },
      KmsKeyId: 'emulated',
      Name: 'emulated',
      ReplicaRegions: { inert: 'there is one region' },
      SecretString: 'emulated',
      Tags: 'emulated',
    },
    create: async (properties, context) => {
      const Name = properties.Name ?? context.generateName(64);
      const SecretString = contentOf(service, properties);
      return resultOf(await addSecret(service, { ...properties, Name, SecretString }, context.caller));
    },
    update: async (physicalId, properties, previous, context) => {
      if (properties.Name !== previous.Name) {
        const Name = properties.Name ?? context.generateName(64);
        const SecretString = contentOf(service, properties);
        return resultOf(await addSecret(service, { ...properties, Name, SecretString }, context.caller));
      }
      const { Description: description, KmsKeyId: kmsKeyId, Tags } = properties;
      const secret = { ...service.secret(physicalId), description, kmsKeyId, tags: readTags({}, Tags) };
      service.store.put({ ...secret, changedAtMs: service.now() });
      const isSame = (name: 'SecretString' | 'GenerateSecretString') =>
        JSON.stringify(properties[name]) === JSON.stringify(previous[name]);
      if (isSame('SecretString') && isSame('GenerateSecretString')) return resultOf(secret);
      const text = contentOf(service, properties);
      if (text === undefined) return resultOf(secret);
      const token = service.host.kernel.random.uuid();
      return resultOf(await addVersion(service, secret, { text }, token, [CURRENT], context.caller));
    },
    // CloudFormation deletes without a recovery window: the name is free at once.
    delete: (physicalId) => {
      const secret = service.store.find(physicalId);
      if (secret) service.store.remove(secret);
    },
  };
}

function contentOf(service: SecretsManager, { SecretString, GenerateSecretString: rules }: SecretProperties) {
  if (SecretString !== undefined && rules !== undefined) {
    throw invalidParameter("You can't use both SecretString and GenerateSecretString in the same secret.");
  }
  if (rules === undefined) return SecretString;
  const password = randomPassword(service.host.kernel.random, rules);
  const { SecretStringTemplate: template, GenerateStringKey: key } = rules;
  if ((template === undefined) !== (key === undefined)) {
    throw invalidParameter('SecretStringTemplate and GenerateStringKey must be given together.');
  }
  if (template === undefined) return password;
  try {
    return JSON.stringify({ ...JSON.parse(template), [key!]: password });
  } catch {
    throw invalidParameter('Could not parse SecretStringTemplate JSON.');
  }
}
