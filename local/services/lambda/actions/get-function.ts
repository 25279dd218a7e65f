import { describeVersion } from '../describe-function';
import { readFunctionReference } from '../function-arn';
import { type ActionFactory, functionAccess } from '../lambda-parts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html; the code has no download location here. */
export const getFunction: ActionFactory = (parts) => ({
  access: functionAccess(parts, 'GetFunction'),
  handle(input) {
    const reference = readFunctionReference(input.FunctionName, input.Qualifier);
    const { tags, reservedConcurrency } = parts.store.function(reference.functionName);
    return {
      Configuration: describeVersion(parts.store.resolve(reference), Boolean(reference.qualifier)),
      Code: { RepositoryType: 'S3' },
      Tags: tags,
      ...(reservedConcurrency === undefined
        ? {}
        : { Concurrency: { ReservedConcurrentExecutions: reservedConcurrency } }),
    };
  },
});
