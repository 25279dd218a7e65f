import { describeEventInvokeConfig } from '../describe-function';
import { readFunctionReference } from '../function-arn';
import { type ActionFactory, functionAccess } from '../lambda-parts';
import { page } from '../page';

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctionEventInvokeConfigs.html */
export const listFunctionEventInvokeConfigs: ActionFactory = (parts) => ({
  access: functionAccess(parts, 'ListFunctionEventInvokeConfigs'),
  handle(input) {
    const { functionName } = readFunctionReference(input.FunctionName);
    const { items, NextMarker } = page([...parts.store.function(functionName).eventInvokeConfigs], input);
    return {
      FunctionEventInvokeConfigs: items.map(([qualifier, config]) =>
        describeEventInvokeConfig(config, parts.store.arnOf({ functionName, qualifier })),
      ),
      NextMarker,
    };
  },
});
