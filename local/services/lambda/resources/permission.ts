import type { ResourceProvider } from '../../../wire/resource-provider';
import { invalidParameter } from '../faults';
import { readFunctionReference } from '../function-arn';
import type { LambdaParts } from '../lambda-parts';
import { type PermissionSettings, permissionStatement } from '../permission-statement';

interface PermissionProperties extends Omit<PermissionSettings, 'StatementId'> {
  readonly FunctionName: string;
  readonly FunctionUrlAuthType?: string;
}

/** AWS::Lambda::Permission: a statement of the function's resource policy. `Ref` is `FUNCTION-ARN|STATEMENT-ID`. */
export function permissionResource({ store }: LambdaParts): ResourceProvider<PermissionProperties> {
  return {
    type: 'AWS::Lambda::Permission',
    properties: {
      FunctionName: 'emulated',
      Action: 'emulated',
      Principal: 'emulated',
      SourceArn: 'emulated',
      SourceAccount: 'emulated',
      PrincipalOrgID: 'emulated',
      EventSourceToken: 'emulated',
    },
    create(properties, context) {
      const reference = readFunctionReference(properties.FunctionName);
      const { functionName, qualifier = '' } = reference;
      store.resolve(reference);
      const statements = store.function(functionName).policies.get(qualifier) ?? [];
      const StatementId = context.generateName(100);
      if (statements.some(({ Sid }) => Sid === StatementId)) {
        throw invalidParameter(`The statement id (${StatementId}) provided already exists.`);
      }
      const arn = store.arnOf(reference);
      store.setPolicy(functionName, qualifier, [
        ...statements,
        permissionStatement({ ...properties, StatementId }, arn),
      ]);
      return { physicalId: `${arn}|${StatementId}`, attributes: { Id: StatementId } };
    },
    delete(physicalId) {
      const [arn, sid] = physicalId.split('|');
      const { functionName, qualifier = '' } = readFunctionReference(arn);
      if (!store.hasFunction(functionName)) return;
      const statements = store.function(functionName).policies.get(qualifier) ?? [];
      store.setPolicy(
        functionName,
        qualifier,
        statements.filter(({ Sid }) => Sid !== sid),
      );
    },
  };
}
