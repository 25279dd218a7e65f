import { describeEventInvokeConfig } from '../describe-function';
import { type EventInvokeSettings, readEventInvokeConfig } from '../event-invoke-config';
import { readFunctionReference } from '../function-arn';
import { type ActionFactory, functionAccess } from '../lambda-parts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html */
export const putFunctionEventInvokeConfig: ActionFactory = (parts) => ({
  access: functionAccess(parts, 'PutFunctionEventInvokeConfig'),
  handle(input: EventInvokeSettings & { FunctionName: string; Qualifier?: string }) {
    const { functionName, qualifier = '$LATEST' } = readFunctionReference(input.FunctionName, input.Qualifier);
    const config = readEventInvokeConfig(input, parts.host.kernel.clock.now());
    parts.store.setEventInvokeConfig(functionName, qualifier, config);
    return describeEventInvokeConfig(config, parts.store.arnOf({ functionName, qualifier }));
  },
});
