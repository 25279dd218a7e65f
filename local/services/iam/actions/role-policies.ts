import type { Host } from '../../../wire/host';
import type { Action } from '../../../wire/service';
import { noSuchEntity } from '../faults';
import type { IamStore } from '../store';
import { existingRole, roleAccess } from './get-role';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRolePolicies.html */
export function listRolePolicies(host: Host, store: IamStore): Action<{ RoleName: string }> {
  return {
    access: roleAccess(host, store, 'iam:ListRolePolicies'),
    handle: ({ RoleName }) => ({ PolicyNames: Object.keys(existingRole(store, RoleName).inline), IsTruncated: false }),
  };
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedRolePolicies.html */
export function listAttachedRolePolicies(host: Host, store: IamStore): Action<{ RoleName: string }> {
  return {
    access: roleAccess(host, store, 'iam:ListAttachedRolePolicies'),
    handle: ({ RoleName }) => ({
      AttachedPolicies: existingRole(store, RoleName).attached.map((PolicyArn) => ({
        PolicyName: PolicyArn.split('/').pop(),
        PolicyArn,
      })),
      IsTruncated: false,
    }),
  };
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoleTags.html */
export function listRoleTags(host: Host, store: IamStore): Action<{ RoleName: string }> {
  return {
    access: roleAccess(host, store, 'iam:ListRoleTags'),
    handle: ({ RoleName }) => ({
      Tags: Object.entries(existingRole(store, RoleName).tags).map(([Key, Value]) => ({ Key, Value })),
      IsTruncated: false,
    }),
  };
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html; the document percent-encoded, as AWS gives it. */
export function getRolePolicy(host: Host, store: IamStore): Action<{ RoleName: string; PolicyName: string }> {
  return {
    access: roleAccess(host, store, 'iam:GetRolePolicy'),
    handle: ({ RoleName, PolicyName }) => {
      const { inline } = existingRole(store, RoleName);
      const document = Object.hasOwn(inline, PolicyName) ? inline[PolicyName] : undefined;
      if (!document) throw noSuchEntity(`The role policy with name ${PolicyName} cannot be found.`);
      return { RoleName, PolicyName, PolicyDocument: encodeURIComponent(JSON.stringify(document)) };
    },
  };
}
