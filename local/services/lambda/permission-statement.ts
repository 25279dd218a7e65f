import { invalidParameter, validationFailed } from './faults';
import type { PermissionStatement } from './model';

/** AddPermission's input, and AWS::Lambda::Permission's properties. */
export interface PermissionSettings {
  readonly StatementId: string;
  readonly Action: string;
  readonly Principal: string;
  readonly SourceArn?: string;
  readonly SourceAccount?: string;
  readonly PrincipalOrgID?: string;
  readonly EventSourceToken?: string;
}

/**
 * The statement that Lambda makes of a permission.
 * https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
 */
export function permissionStatement(settings: PermissionSettings, Resource: string): PermissionStatement {
  const { StatementId, Action, Principal } = settings;
  if (!/^(lambda:[*]|lambda:[a-zA-Z]+|[*])$/.test(Action ?? '')) {
    throw validationFailed(
      'action',
      Action,
      'Member must satisfy regular expression pattern: (lambda:[*]|lambda:[a-zA-Z]+|[*])',
    );
  }
  if (!Principal)
    throw invalidParameter('The provided principal was invalid. Please check the principal and try again.');
  const Condition: Record<string, Record<string, string>> = {};
  const add = (operator: string, key: string, value: string | undefined) => {
    if (value !== undefined) Condition[operator] = { ...Condition[operator], [key]: value };
  };
  add('ArnLike', 'AWS:SourceArn', settings.SourceArn);
  add('StringEquals', 'AWS:SourceAccount', settings.SourceAccount);
  add('StringEquals', 'aws:PrincipalOrgID', settings.PrincipalOrgID);
  add('StringEquals', 'lambda:EventSourceToken', settings.EventSourceToken);
  return {
    Sid: StatementId,
    Effect: 'Allow',
    Principal: principalOf(Principal),
    Action,
    Resource,
    ...(Object.keys(Condition).length > 0 ? { Condition } : {}),
  };
}

function principalOf(principal: string): PermissionStatement['Principal'] {
  if (principal === '*') return '*';
  if (/^\d{12}$/.test(principal)) return { AWS: `arn:aws:iam::${principal}:root` };
  if (principal.startsWith('arn:')) return { AWS: principal };
  return { Service: principal };
}
