import type { Host } from '../../../wire/host';
import type { ResourceContext, ResourceProvider, ResourceResult } from '../../../wire/resource-provider';
import { checkManagedPolicy, checkRoleNameFree } from '../attach-policies';
import { deleteConflict, noSuchEntity, validationError } from '../faults';
import type { PolicyJson, RoleRecord } from '../model';
import { compilePolicy } from '../policy-document';
import { checkInlineSize, checkManagedCount, checkTrustSize } from '../quotas';
import type { IamStore } from '../store';
import { uniqueId } from '../unique-id';

interface RoleProperties {
  readonly AssumeRolePolicyDocument: PolicyJson;
  readonly RoleName?: string;
  readonly Path?: string;
  readonly Description?: string;
  readonly ManagedPolicyArns?: readonly string[];
  readonly MaxSessionDuration?: number;
  readonly PermissionsBoundary?: string;
  readonly Policies?: readonly { readonly PolicyName: string; readonly PolicyDocument: PolicyJson }[];
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html */
export function roleResource(host: Host, store: IamStore): ResourceProvider<RoleProperties> {
  const create = (properties: RoleProperties, context: ResourceContext): ResourceResult => {
    const roleName = properties.RoleName ?? context.generateName(64);
    const path = properties.Path ?? '/';
    if (!/^[\w+=,.@-]{1,64}$/.test(roleName)) {
      throw validationError(
        `1 validation error detected: Value '${roleName}' at 'roleName' failed to satisfy constraint: ` +
          'Member must satisfy regular expression pattern: [\\w+=,.@-]+, with 1 to 64 characters',
      );
    }
    checkRoleNameFree(store, roleName);
    checkProperties(store, properties);
    const { clock, random } = host.kernel;
    const role: RoleRecord = {
      roleName,
      roleId: uniqueId('AROA', random),
      arn: `arn:aws:iam::${host.accountId}:role${path}${roleName}`,
      path,
      createdAtMs: clock.now(),
      inline: {},
      ...membersOf(properties),
    };
    for (const { PolicyName, PolicyDocument } of properties.Policies ?? []) role.inline[PolicyName] = PolicyDocument;
    checkInlineSize(roleName, Object.values(role.inline));
    store.putRole(role);
    return resultOf(role);
  };
  return {
    type: 'AWS::IAM::Role',
    properties: {
      AssumeRolePolicyDocument: 'emulated',
      RoleName: 'emulated',
      Path: 'emulated',
      Description: 'emulated',
      ManagedPolicyArns: 'emulated',
      MaxSessionDuration: 'number',
      PermissionsBoundary: 'emulated',
      Policies: { members: { PolicyName: 'emulated', PolicyDocument: 'emulated' } },
      Tags: 'emulated',
    },
    create,
    update: (roleName, properties, previous, context) => {
      const isReplaced = properties.RoleName !== previous.RoleName || properties.Path !== previous.Path;
      if (isReplaced) return create(properties, context);
      const role = store.role(roleName);
      if (!role) throw noSuchEntity(`The role with name ${roleName} cannot be found.`);
      checkProperties(store, properties);
      const inline = { ...role.inline };
      for (const { PolicyName } of previous.Policies ?? []) delete inline[PolicyName];
      for (const { PolicyName, PolicyDocument } of properties.Policies ?? []) inline[PolicyName] = PolicyDocument;
      checkInlineSize(roleName, Object.values(inline));
      // What other resources of the stack have attached stays.
      const foreign = role.attached.filter((arn) => !previous.ManagedPolicyArns?.includes(arn));
      const members = membersOf(properties);
      const changed = { ...role, ...members, inline, attached: [...new Set([...members.attached, ...foreign])] };
      store.putRole(changed);
      return resultOf(changed);
    },
    delete: (roleName, properties) => {
      const role = store.role(roleName);
      if (!role) return;
      const own = new Set(properties.Policies?.map(({ PolicyName }) => PolicyName));
      if (Object.keys(role.inline).some((name) => !own.has(name))) {
        throw deleteConflict('Cannot delete entity, must delete policies first.');
      }
      store.removeRole(roleName);
    },
  };
}

function checkProperties(store: IamStore, properties: RoleProperties): void {
  compilePolicy(properties.AssumeRolePolicyDocument, 'trust');
  checkTrustSize(properties.AssumeRolePolicyDocument);
  checkManagedCount(properties.ManagedPolicyArns ?? []);
  for (const { PolicyDocument } of properties.Policies ?? []) compilePolicy(PolicyDocument, 'identity');
  for (const policyArn of properties.ManagedPolicyArns ?? []) checkManagedPolicy(store, policyArn);
  if (properties.PermissionsBoundary !== undefined) checkManagedPolicy(store, properties.PermissionsBoundary);
}

function membersOf(properties: RoleProperties) {
  return {
    trustPolicy: properties.AssumeRolePolicyDocument,
    description: properties.Description,
    maxSessionSeconds: properties.MaxSessionDuration ?? 3600,
    attached: [...(properties.ManagedPolicyArns ?? [])],
    boundaryArn: properties.PermissionsBoundary,
    tags: Object.fromEntries((properties.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
  };
}

function resultOf({ roleName, arn, roleId }: RoleRecord): ResourceResult {
  return { physicalId: roleName, attributes: { Arn: arn, RoleId: roleId } };
}
