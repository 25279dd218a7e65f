import type { ResourceProvider } from '../../../wire/resource-provider';
import { invalidParameter } from '../faults';
import type { LogsParts } from '../logs-parts';

interface ResourcePolicyProperties {
  readonly PolicyName: string;
  readonly PolicyDocument: string | object;
}

/** AWS::Logs::ResourcePolicy: which services may write to log groups of the account. `Ref` is its name. */
export function resourcePolicyResource({ store }: LogsParts): ResourceProvider<ResourcePolicyProperties> {
  const set = ({ PolicyName, PolicyDocument }: ResourcePolicyProperties) => {
    try {
      const document = typeof PolicyDocument === 'string' ? JSON.parse(PolicyDocument) : PolicyDocument;
      store.setResourcePolicy(PolicyName, document);
    } catch {
      throw invalidParameter(`The policy document of ${PolicyName} is not JSON.`);
    }
    return { physicalId: PolicyName };
  };
  return {
    type: 'AWS::Logs::ResourcePolicy',
    properties: { PolicyName: 'emulated', PolicyDocument: 'emulated' },
    create: set,
    update: (_physicalId, properties) => set(properties),
    delete: (physicalId) => store.removeResourcePolicy(physicalId),
  };
}
