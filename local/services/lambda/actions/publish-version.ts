import { describeVersion } from '../describe-function';
import { readFunctionReference } from '../function-arn';
import { type ActionFactory, functionAccess } from '../lambda-parts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html */
export const publishVersion: ActionFactory = (parts) => ({
  access: functionAccess(parts, 'PublishVersion'),
  handle(input) {
    const { functionName } = readFunctionReference(input.FunctionName);
    const revisionId = parts.host.kernel.random.uuid();
    return describeVersion(parts.store.publishVersion(functionName, input.Description, revisionId));
  },
});
