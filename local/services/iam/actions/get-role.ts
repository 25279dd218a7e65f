import type { Host } from '../../../wire/host';
import type { Action } from '../../../wire/service';
import { noSuchEntity } from '../faults';
import type { RoleRecord } from '../model';
import type { IamStore } from '../store';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html */
export function getRole(host: Host, store: IamStore): Action<{ RoleName: string }> {
  return {
    access: roleAccess(host, store, 'iam:GetRole'),
    handle: ({ RoleName }) => ({ Role: renderRole(existingRole(store, RoleName)) }),
  };
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html; all on one page. */
export function listRoles(host: Host, store: IamStore): Action<{ PathPrefix?: string }> {
  return {
    access: () => [{ action: 'iam:ListRoles', resource: `arn:aws:iam::${host.accountId}:role/` }],
    handle: ({ PathPrefix = '/' }) => ({
      Roles: store
        .allRoles()
        .filter(({ path }) => path.startsWith(PathPrefix))
        .map(renderRole),
      IsTruncated: false,
    }),
  };
}

/** What an action on one role needs. */
export function roleAccess(host: Host, store: IamStore, action: string): NonNullable<Action['access']> {
  return ({ RoleName }: { RoleName: string }) => [
    { action, resource: store.role(RoleName)?.arn ?? `arn:aws:iam::${host.accountId}:role/${RoleName}` },
  ];
}

/** A role by name; throws NoSuchEntity. */
export function existingRole(store: IamStore, roleName: string): RoleRecord {
  const role = store.role(roleName);
  if (!role) throw noSuchEntity(`The role with name ${roleName} cannot be found.`);
  return role;
}

function renderRole(role: RoleRecord) {
  return {
    Path: role.path,
    RoleName: role.roleName,
    RoleId: role.roleId,
    Arn: role.arn,
    CreateDate: new Date(role.createdAtMs),
    AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(role.trustPolicy)),
    Description: role.description,
    MaxSessionDuration: role.maxSessionSeconds,
    PermissionsBoundary: role.boundaryArn && {
      PermissionsBoundaryType: 'Policy',
      PermissionsBoundaryArn: role.boundaryArn,
    },
    Tags: Object.entries(role.tags).map(([Key, Value]) => ({ Key, Value })),
  };
}
