import type { ResourceProvider } from '../../../wire/resource-provider';
import { rotate } from '../actions/rotate-secret';
import type { RotationRules } from '../model';
import type { SecretsManager } from '../secrets-manager';

interface ScheduleProperties {
  readonly SecretId: string;
  readonly RotationLambdaARN?: string;
  readonly RotationRules?: RotationRules;
  readonly RotateImmediatelyOnUpdate?: boolean;
}

/** `AWS::SecretsManager::RotationSchedule`: Ref and Id are the ARN of the secret. */
export function rotationScheduleResource(service: SecretsManager): ResourceProvider<ScheduleProperties> {
  const set = ({ RotateImmediatelyOnUpdate: RotateImmediately, ...properties }: ScheduleProperties) => {
    const { arn } = rotate(service, { ...properties, RotateImmediately }).secret;
    return { physicalId: arn, attributes: { Id: arn } };
  };
  return {
    type: 'AWS::SecretsManager::RotationSchedule',
    properties: {
      RotateImmediatelyOnUpdate: 'boolean',
      RotationLambdaARN: 'emulated',
      RotationRules: {
        members: { AutomaticallyAfterDays: 'number', Duration: 'emulated', ScheduleExpression: 'emulated' },
      },
      SecretId: 'emulated',
    },
    create: set,
    update: (_physicalId, properties) => set(properties),
    delete: (physicalId) => {
      const secret = service.store.find(physicalId);
      if (!secret) return;
      const changed = { ...secret, rotation: { ...secret.rotation, isEnabled: false } };
      service.store.put(changed);
      service.rotator.plan(changed);
    },
  };
}
