import { Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Says why a role may use a resource pattern with a wildcard, so that cdk-nag lets this one pattern pass. The pattern is
 * given as the policy has it; attributes of resources in it are written as cdk-nag writes them: `<LogicalId.Arn>`.
 */
export function acknowledgeWildcard(role: IConstruct, resource: string, reason: string): void {
  const parts = Stack.of(role).resolve(resource);
  const written = typeof parts === 'string' ? parts : parts['Fn::Join'][1].map(nagName).join('');
  Validations.of(role).acknowledge({ id: `AwsSolutions-IAM5[Resource::${written}]`, reason });
}

function nagName(part: string | { 'Fn::GetAtt': string[] } | { Ref: string }): string {
  if (typeof part === 'string') return part;
  return 'Ref' in part ? `<${part.Ref}>` : `<${part['Fn::GetAtt'].join('.')}>`;
}
