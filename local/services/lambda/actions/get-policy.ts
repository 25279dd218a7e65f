import { notFound } from '../faults';
import { readFunctionReference } from '../function-arn';
import { functionPolicy } from '../function-policy';
import { type ActionFactory, functionAccess } from '../lambda-parts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetPolicy.html */
export const getPolicy: ActionFactory = (parts) => ({
  access: functionAccess(parts, 'GetPolicy'),
  handle(input) {
    const reference = readFunctionReference(input.FunctionName, input.Qualifier);
    const entry = parts.store.function(reference.functionName);
    const policy = functionPolicy(entry, reference.qualifier);
    if (!policy) throw notFound('The resource you requested does not exist.');
    return { Policy: JSON.stringify(policy), RevisionId: entry.latest.RevisionId };
  },
});
