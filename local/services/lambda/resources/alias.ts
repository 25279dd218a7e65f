import type { ResourceProvider } from '../../../wire/resource-provider';
import { readAlias } from '../alias-settings';
import { resourceConflict } from '../faults';
import { readFunctionReference } from '../function-arn';
import type { LambdaParts } from '../lambda-parts';

interface AliasProperties {
  readonly FunctionName: string;
  readonly FunctionVersion: string;
  readonly Name: string;
  readonly Description?: string;
  readonly RoutingConfig?: {
    readonly AdditionalVersionWeights?: { readonly FunctionVersion: string; readonly FunctionWeight: number }[];
  };
}

/** AWS::Lambda::Alias. `Ref` is the ARN of the alias; attribute `AliasArn`. */
export function aliasResource({ store, host }: LambdaParts): ResourceProvider<AliasProperties> {
  const set = (properties: AliasProperties) => {
    const { functionName } = readFunctionReference(properties.FunctionName);
    const weights = properties.RoutingConfig?.AdditionalVersionWeights ?? [];
    const AdditionalVersionWeights = Object.fromEntries(
      weights.map(({ FunctionVersion, FunctionWeight }) => [FunctionVersion, Number(FunctionWeight)]),
    );
    const settings = { ...properties, RoutingConfig: { AdditionalVersionWeights } };
    store.setAlias(functionName, readAlias(store, functionName, settings, host.kernel.random.uuid()));
    const arn = store.arnOf({ functionName, qualifier: properties.Name });
    return { physicalId: arn, attributes: { AliasArn: arn } };
  };
  const create = (properties: AliasProperties) => {
    const { functionName } = readFunctionReference(properties.FunctionName);
    if (store.function(functionName).aliases.has(properties.Name)) {
      const arn = store.arnOf({ functionName, qualifier: properties.Name });
      throw resourceConflict(`Alias already exists: ${arn}`);
    }
    return set(properties);
  };
  return {
    type: 'AWS::Lambda::Alias',
    properties: {
      FunctionName: 'emulated',
      FunctionVersion: 'emulated',
      Name: 'emulated',
      Description: 'emulated',
      RoutingConfig: {
        members: { AdditionalVersionWeights: { members: { FunctionVersion: 'emulated', FunctionWeight: 'emulated' } } },
      },
      ProvisionedConcurrencyConfig: {
        members: { ProvisionedConcurrentExecutions: { inert: 'workers are started when they are needed' } },
      },
    },
    create,
    update(_physicalId, properties, previous) {
      const isSame = properties.Name === previous.Name && properties.FunctionName === previous.FunctionName;
      return isSame ? set(properties) : create(properties);
    },
    delete(physicalId) {
      const { functionName, qualifier } = readFunctionReference(physicalId);
      store.removeAlias(functionName, qualifier!);
    },
  };
}
