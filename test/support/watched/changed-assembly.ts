import { changedAssembly } from '../changed-assembly';

/** A copy of the tests' assembly in which the function of the orders stack whose logical id contains `name` may run for so many seconds. */
export function assemblyWithTimeout(name: string, timeoutSeconds: number): string {
  return changedOrders(
    ([logicalId, { Type }]) => Type === 'AWS::Lambda::Function' && logicalId.includes(name),
    (properties) => {
      properties.Timeout = timeoutSeconds;
    },
  );
}

/** A copy of the tests' assembly in which nobody may read the histories of machines that ask, as in production. */
export function assemblyWithSealedHistories(): string {
  const grantOf = ({ KeyPolicy }: any) => KeyPolicy.Statement.find(({ Sid }: any) => Sid === 'ReadHistories');
  return changedOrders(
    ([, { Type, Properties }]) => Type === 'AWS::KMS::Key' && grantOf(Properties) !== undefined,
    (properties) => {
      grantOf(properties).Condition.ArnLike = { 'aws:PrincipalArn': 'arn:aws:iam::*:role/cdk-*-cfn-exec-role-*' };
    },
  );
}

/** Changes the properties of the one resource of the orders stack that is meant. */
function changedOrders(isMeant: (resource: [string, any]) => boolean, change: (properties: any) => void): string {
  return changedAssembly('orders', ({ Resources }) => {
    const meant = Object.entries<any>(Resources).filter(isMeant);
    if (meant.length !== 1) throw new Error(`${meant.length} resources of the orders stack are meant.`);
    change(meant[0]![1].Properties);
  });
}
