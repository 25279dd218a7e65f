import type { Host } from '../../../wire/host';
import type { Action } from '../../../wire/service';
import { noSuchEntity } from '../faults';
import type { ManagedPolicyRecord } from '../model';
import type { IamStore } from '../store';

/** The one version that a managed policy has here. */
const VERSION = 'v1';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListPolicies.html: the account's own. */
export function listPolicies(_host: Host, store: IamStore): Action<{ Scope?: string; PathPrefix?: string }> {
  return {
    access: () => [{ action: 'iam:ListPolicies', resource: '*' }],
    handle: ({ Scope = 'All', PathPrefix = '/' }) => ({
      Policies: (Scope === 'AWS' ? [] : store.allPolicies())
        .filter(({ path }) => path.startsWith(PathPrefix))
        .map((policy) => renderPolicy(store, policy)),
      IsTruncated: false,
    }),
  };
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicy.html */
export function getPolicy(_host: Host, store: IamStore): Action<{ PolicyArn: string }> {
  return {
    access: ({ PolicyArn }) => [{ action: 'iam:GetPolicy', resource: PolicyArn }],
    handle: ({ PolicyArn }) => ({ Policy: renderPolicy(store, existing(store, PolicyArn)) }),
  };
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicyVersion.html; the document percent-encoded, as AWS gives it. */
export function getPolicyVersion(_host: Host, store: IamStore): Action<{ PolicyArn: string; VersionId: string }> {
  return {
    access: ({ PolicyArn }) => [{ action: 'iam:GetPolicyVersion', resource: PolicyArn }],
    handle: ({ PolicyArn, VersionId }) => {
      const { document, createdAtMs } = existing(store, PolicyArn);
      if (VersionId !== VERSION) {
        throw noSuchEntity(`Policy ${PolicyArn} version ${VersionId} does not exist or is not attachable.`);
      }
      return {
        PolicyVersion: {
          VersionId,
          IsDefaultVersion: true,
          Document: encodeURIComponent(JSON.stringify(document)),
          CreateDate: new Date(createdAtMs),
        },
      };
    },
  };
}

function existing(store: IamStore, arn: string): ManagedPolicyRecord {
  const policy = store.policy(arn);
  if (!policy) throw noSuchEntity(`Policy ${arn} was not found.`);
  return policy;
}

function renderPolicy(
  store: IamStore,
  { policyName, policyId, arn, path, createdAtMs, description }: ManagedPolicyRecord,
) {
  const roles = store.allRoles();
  return {
    PolicyName: policyName,
    PolicyId: policyId,
    Arn: arn,
    Path: path,
    DefaultVersionId: VERSION,
    AttachmentCount: roles.filter(({ attached }) => attached.includes(arn)).length,
    PermissionsBoundaryUsageCount: roles.filter(({ boundaryArn }) => boundaryArn === arn).length,
    IsAttachable: true,
    Description: description,
    CreateDate: new Date(createdAtMs),
    UpdateDate: new Date(createdAtMs),
  };
}
