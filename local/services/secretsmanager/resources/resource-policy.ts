import type { ResourceProvider } from '../../../wire/resource-provider';
import { checkPolicy } from '../actions/resource-policy';
import type { SecretsManager } from '../secrets-manager';

interface PolicyProperties {
  readonly SecretId: string;
  readonly ResourcePolicy: object | string;
  readonly BlockPublicPolicy?: boolean;
}

/** `AWS::SecretsManager::ResourcePolicy`: Ref and Id are the ARN of the secret. */
export function resourcePolicyResource(service: SecretsManager): ResourceProvider<PolicyProperties> {
  const set = ({ SecretId, ResourcePolicy, BlockPublicPolicy }: PolicyProperties) => {
    const secret = service.secret(SecretId);
    const text = typeof ResourcePolicy === 'string' ? ResourcePolicy : JSON.stringify(ResourcePolicy);
    service.store.put({ ...secret, policy: checkPolicy(text, BlockPublicPolicy) });
    return { physicalId: secret.arn, attributes: { Id: secret.arn } };
  };
  return {
    type: 'AWS::SecretsManager::ResourcePolicy',
    properties: { BlockPublicPolicy: 'boolean', ResourcePolicy: 'emulated', SecretId: 'emulated' },
    create: set,
    update: (_physicalId, properties) => set(properties),
    delete: (physicalId) => {
      const found = service.store.find(physicalId);
      if (!found) return;
      const { policy: _policy, ...secret } = found;
      service.store.put(secret);
    },
  };
}
