import { readFunctionReference } from '../function-arn';
import { type ActionFactory, functionAccess } from '../lambda-parts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionEventInvokeConfig.html */
export const deleteFunctionEventInvokeConfig: ActionFactory = (parts) => ({
  access: functionAccess(parts, 'DeleteFunctionEventInvokeConfig'),
  handle(input) {
    const { functionName, qualifier = '$LATEST' } = readFunctionReference(input.FunctionName, input.Qualifier);
    parts.store.setEventInvokeConfig(functionName, qualifier, undefined);
  },
});
