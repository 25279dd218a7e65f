import { describeVersion } from '../describe-function';
import { readFunctionReference } from '../function-arn';
import { type ActionFactory, functionAccess } from '../lambda-parts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html */
export const getFunctionConfiguration: ActionFactory = (parts) => ({
  access: functionAccess(parts, 'GetFunctionConfiguration'),
  handle(input) {
    const reference = readFunctionReference(input.FunctionName, input.Qualifier);
    return describeVersion(parts.store.resolve(reference), Boolean(reference.qualifier));
  },
});
