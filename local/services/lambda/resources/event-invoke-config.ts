import type { ResourceProvider } from '../../../wire/resource-provider';
import { type EventInvokeSettings, readEventInvokeConfig } from '../event-invoke-config';
import { resourceConflict } from '../faults';
import { readFunctionReference } from '../function-arn';
import type { LambdaParts } from '../lambda-parts';

interface EventInvokeConfigProperties extends EventInvokeSettings {
  readonly FunctionName: string;
  readonly Qualifier: string;
}

/** AWS::Lambda::EventInvokeConfig. `Ref` is `FUNCTION|QUALIFIER`. */
export function eventInvokeConfigResource({ store, host }: LambdaParts): ResourceProvider<EventInvokeConfigProperties> {
  const set = (properties: EventInvokeConfigProperties, mayExist: boolean) => {
    const reference = readFunctionReference(properties.FunctionName, properties.Qualifier);
    const { functionName, qualifier = '$LATEST' } = reference;
    store.resolve(reference);
    if (!mayExist && store.function(functionName).eventInvokeConfigs.get(qualifier)) {
      throw resourceConflict(`The function ${store.arnOf(reference)} already has an EventInvokeConfig`);
    }
    store.setEventInvokeConfig(functionName, qualifier, readEventInvokeConfig(properties, host.kernel.clock.now()));
    return { physicalId: `${functionName}|${qualifier}` };
  };
  return {
    type: 'AWS::Lambda::EventInvokeConfig',
    properties: {
      FunctionName: 'emulated',
      Qualifier: 'emulated',
      MaximumEventAgeInSeconds: 'emulated',
      MaximumRetryAttempts: 'emulated',
      DestinationConfig: {
        members: {
          OnSuccess: { members: { Destination: 'emulated' } },
          OnFailure: { members: { Destination: 'emulated' } },
        },
      },
    },
    create: (properties) => set(properties, false),
    update: (physicalId, properties) => {
      const { functionName, qualifier = '$LATEST' } = readFunctionReference(
        properties.FunctionName,
        properties.Qualifier,
      );
      return set(properties, physicalId === `${functionName}|${qualifier}`);
    },
    delete(physicalId) {
      const [functionName, qualifier] = physicalId.split('|');
      if (store.hasFunction(functionName!)) store.setEventInvokeConfig(functionName!, qualifier!, undefined);
    },
  };
}
