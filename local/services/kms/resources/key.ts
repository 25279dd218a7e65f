import { administrator } from '../../../wire/gateway';
import type { ResourceProvider, ResourceResult } from '../../../wire/resource-provider';
import { addKey, checkDescription } from '../actions/create-key';
import { scheduleDeletion } from '../actions/key-deletion';
import { startRotation } from '../actions/key-rotation';
import { validation } from '../faults';
import { defaultPolicy, readPolicy } from '../key-policies';
import type { Kms } from '../kms';
import type { KeyRecord } from '../model';
import { readTags } from '../tags';

interface KeyProperties {
  readonly KeyPolicy?: object | string;
  readonly Description?: string;
  readonly Enabled?: boolean;
  readonly EnableKeyRotation?: boolean;
  readonly RotationPeriodInDays?: number;
  readonly KeySpec?: string;
  readonly KeyUsage?: string;
  readonly MultiRegion?: boolean;
  readonly PendingWindowInDays?: number;
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html */
export function keyResource(kms: Kms): ResourceProvider<KeyProperties> {
  const tagsOf = ({ Tags = [] }: KeyProperties) => Tags.map(({ Key, Value }) => ({ TagKey: Key, TagValue: Value }));
  const resultOf = ({ id, arn }: KeyRecord): ResourceResult => ({
    physicalId: id,
    attributes: { Arn: arn, KeyId: id },
  });
  return {
    type: 'AWS::KMS::Key',
    properties: {
      KeyPolicy: 'emulated',
      Description: 'emulated',
      Enabled: 'boolean',
      EnableKeyRotation: 'boolean',
      RotationPeriodInDays: 'number',
      KeySpec: 'emulated',
      KeyUsage: 'emulated',
      MultiRegion: 'boolean',
      PendingWindowInDays: 'number',
      Tags: 'emulated',
      BypassPolicyLockoutSafetyCheck: {
        inert: 'the policy that CloudFormation sets is checked as if it were not there',
      },
    },
    create: (properties) => {
      checkRotation(properties);
      const { Description, KeySpec, KeyUsage, MultiRegion } = properties;
      const input = {
        Description,
        KeySpec,
        KeyUsage,
        MultiRegion,
        Policy: policyText(properties),
        Tags: tagsOf(properties),
      };
      const key = addKey(kms, input, administrator(kms.host.accountId));
      if (properties.EnableKeyRotation) startRotation(kms, key, properties.RotationPeriodInDays);
      if (properties.Enabled === false) kms.store.setState(kms.key(key.id), 'Disabled');
      return resultOf(key);
    },
    update: (physicalId, properties, previous) => {
      const { accountId } = kms.host;
      for (const name of ['KeySpec', 'KeyUsage', 'MultiRegion'] as const) {
        if (properties[name] !== previous[name]) {
          throw validation(`You cannot change the ${name} property of a key: make another key.`);
        }
      }
      checkRotation(properties);
      const found = kms.key(physicalId);
      const text = policyText(properties);
      const policy = text
        ? readPolicy(kms.host, text, found.arn, administrator(accountId), false)
        : defaultPolicy(accountId);
      const description = checkDescription(properties.Description ?? '');
      // Rotation is changed while the key is enabled, since AWS does not change it otherwise.
      const key = kms.store.setState(
        kms.store.change(found, { policy, description, tags: readTags(tagsOf(properties)) }),
        'Enabled',
      );
      if (properties.EnableKeyRotation) startRotation(kms, key, properties.RotationPeriodInDays);
      else kms.store.change(key, { rotationPlan: undefined });
      if (properties.Enabled === false) kms.store.setState(kms.key(key.id), 'Disabled');
      return resultOf(key);
    },
    delete: (physicalId, { PendingWindowInDays }) => {
      const key = kms.store.key(physicalId);
      if (key && key.state !== 'PendingDeletion') scheduleDeletion(kms, key, PendingWindowInDays);
    },
  };
}

function policyText({ KeyPolicy: policy }: KeyProperties): string | undefined {
  return typeof policy === 'object' ? JSON.stringify(policy) : policy;
}

function checkRotation({ EnableKeyRotation, RotationPeriodInDays, Enabled }: KeyProperties): void {
  if (RotationPeriodInDays !== undefined && !EnableKeyRotation) {
    throw validation('RotationPeriodInDays can be set only with EnableKeyRotation.');
  }
  if (EnableKeyRotation && Enabled === false) {
    throw validation('You cannot set the EnableKeyRotation property to true on a disabled key.');
  }
}
