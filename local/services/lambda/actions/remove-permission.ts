import { notFound } from '../faults';
import { readFunctionReference } from '../function-arn';
import { type ActionFactory, functionAccess } from '../lambda-parts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_RemovePermission.html */
export const removePermission: ActionFactory = (parts) => ({
  access: functionAccess(parts, 'RemovePermission'),
  handle(input) {
    const { functionName, qualifier = '' } = readFunctionReference(input.FunctionName, input.Qualifier);
    const statements = parts.store.function(functionName).policies.get(qualifier) ?? [];
    const rest = statements.filter(({ Sid }) => Sid !== input.StatementId);
    if (rest.length === statements.length) {
      throw notFound(`Statement ${input.StatementId} is not found in resource policy.`);
    }
    parts.store.setPolicy(functionName, qualifier, rest);
  },
});
