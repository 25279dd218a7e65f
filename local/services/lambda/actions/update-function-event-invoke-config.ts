import { describeEventInvokeConfig } from '../describe-function';
import { type EventInvokeSettings, readEventInvokeConfig } from '../event-invoke-config';
import { notFound } from '../faults';
import { readFunctionReference } from '../function-arn';
import { type ActionFactory, functionAccess } from '../lambda-parts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionEventInvokeConfig.html: members left out keep their value. */
export const updateFunctionEventInvokeConfig: ActionFactory = (parts) => ({
  access: functionAccess(parts, 'UpdateFunctionEventInvokeConfig'),
  handle(input: EventInvokeSettings & { FunctionName: string; Qualifier?: string }) {
    const { store, host } = parts;
    const { functionName, qualifier = '$LATEST' } = readFunctionReference(input.FunctionName, input.Qualifier);
    const arn = store.arnOf({ functionName, qualifier });
    const current = store.function(functionName).eventInvokeConfigs.get(qualifier);
    if (!current) throw notFound(`The function ${arn} doesn't have an EventInvokeConfig`);
    const settings = {
      MaximumRetryAttempts: input.MaximumRetryAttempts ?? current.MaximumRetryAttempts,
      MaximumEventAgeInSeconds: input.MaximumEventAgeInSeconds ?? current.MaximumEventAgeInSeconds,
      DestinationConfig: {
        OnSuccess: input.DestinationConfig?.OnSuccess ?? { Destination: current.OnSuccess },
        OnFailure: input.DestinationConfig?.OnFailure ?? { Destination: current.OnFailure },
      },
    };
    const config = readEventInvokeConfig(settings, host.kernel.clock.now());
    store.setEventInvokeConfig(functionName, qualifier, config);
    return describeEventInvokeConfig(config, arn);
  },
});
