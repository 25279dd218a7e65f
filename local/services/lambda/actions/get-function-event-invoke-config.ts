import { describeEventInvokeConfig } from '../describe-function';
import { notFound } from '../faults';
import { readFunctionReference } from '../function-arn';
import { type ActionFactory, functionAccess } from '../lambda-parts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionEventInvokeConfig.html */
export const getFunctionEventInvokeConfig: ActionFactory = (parts) => ({
  access: functionAccess(parts, 'GetFunctionEventInvokeConfig'),
  handle(input) {
    const { functionName, qualifier = '$LATEST' } = readFunctionReference(input.FunctionName, input.Qualifier);
    const arn = parts.store.arnOf({ functionName, qualifier });
    const config = parts.store.function(functionName).eventInvokeConfigs.get(qualifier);
    if (!config) throw notFound(`The function ${arn} doesn't have an EventInvokeConfig`);
    return describeEventInvokeConfig(config, arn);
  },
});
