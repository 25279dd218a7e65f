import { resourceConflict } from '../faults';
import { readFunctionReference } from '../function-arn';
import { type ActionFactory, functionAccess } from '../lambda-parts';
import { type PermissionSettings, permissionStatement } from '../permission-statement';

/** https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
export const addPermission: ActionFactory = (parts) => ({
  access: functionAccess(parts, 'AddPermission'),
  handle(input: PermissionSettings & { FunctionName: string; Qualifier?: string }) {
    const reference = readFunctionReference(input.FunctionName, input.Qualifier);
    const statements = parts.store.function(reference.functionName).policies.get(reference.qualifier ?? '') ?? [];
    if (statements.some(({ Sid }) => Sid === input.StatementId)) {
      throw resourceConflict(
        `The statement id (${input.StatementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
      );
    }
    const statement = permissionStatement(input, parts.store.arnOf(reference));
    parts.store.setPolicy(reference.functionName, reference.qualifier ?? '', [...statements, statement]);
    return { Statement: JSON.stringify(statement) };
  },
});
