import type { Host } from '../../../wire/host';
import type { ResourceContext, ResourceProvider, ResourceResult } from '../../../wire/resource-provider';
import { checkRoles } from '../attach-policies';
import { deleteConflict, entityAlreadyExists, noSuchEntity } from '../faults';
import type { ManagedPolicyRecord, PolicyJson } from '../model';
import { compilePolicy } from '../policy-document';
import { checkManagedSize } from '../quotas';
import type { IamStore } from '../store';
import { uniqueId } from '../unique-id';

interface ManagedPolicyProperties {
  readonly PolicyDocument: PolicyJson;
  readonly ManagedPolicyName?: string;
  readonly Path?: string;
  readonly Description?: string;
  readonly Roles?: readonly string[];
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-managedpolicy.html */
export function managedPolicyResource(host: Host, store: IamStore): ResourceProvider<ManagedPolicyProperties> {
  const create = (properties: ManagedPolicyProperties, context: ResourceContext): ResourceResult => {
    const { PolicyDocument, Path = '/', Roles = [] } = properties;
    const policyName = properties.ManagedPolicyName ?? context.generateName(128);
    const arn = `arn:aws:iam::${host.accountId}:policy${Path}${policyName}`;
    compilePolicy(PolicyDocument, 'identity');
    checkManagedSize(PolicyDocument);
    checkRoles(store, Roles);
    if (store.policy(arn))
      throw entityAlreadyExists(`A policy called ${policyName} already exists. Duplicate names are not allowed.`);
    const policy: ManagedPolicyRecord = {
      policyName,
      policyId: uniqueId('ANPA', host.kernel.random),
      arn,
      path: Path,
      createdAtMs: host.kernel.clock.now(),
      document: PolicyDocument,
      description: properties.Description,
    };
    store.putPolicy(policy);
    for (const roleName of Roles) store.attach(roleName, arn);
    return resultOf(policy);
  };
  return {
    type: 'AWS::IAM::ManagedPolicy',
    properties: {
      PolicyDocument: 'emulated',
      ManagedPolicyName: 'emulated',
      Path: 'emulated',
      Description: 'emulated',
      Roles: 'emulated',
    },
    create,
    update: (arn, properties, previous, context) => {
      const isReplaced = (['ManagedPolicyName', 'Path', 'Description'] as const).some(
        (name) => properties[name] !== previous[name],
      );
      if (isReplaced) return create(properties, context);
      const policy = store.policy(arn);
      if (!policy) throw noSuchEntity(`Policy ${arn} was not found.`);
      const { PolicyDocument, Roles = [] } = properties;
      compilePolicy(PolicyDocument, 'identity');
      checkManagedSize(PolicyDocument);
      checkRoles(store, Roles);
      store.putPolicy({ ...policy, document: PolicyDocument });
      for (const roleName of Roles) store.attach(roleName, arn);
      for (const roleName of previous.Roles ?? []) if (!Roles.includes(roleName)) store.detach(roleName, arn);
      return resultOf(policy);
    },
    delete: (arn, properties) => {
      for (const roleName of properties.Roles ?? []) store.detach(roleName, arn);
      const isInUse = store
        .allRoles()
        .some(({ attached, boundaryArn }) => attached.includes(arn) || boundaryArn === arn);
      if (isInUse) throw deleteConflict('Cannot delete a policy attached to entities.');
      store.removePolicy(arn);
    },
  };
}

function resultOf({ arn, policyId }: ManagedPolicyRecord): ResourceResult {
  return { physicalId: arn, attributes: { PolicyArn: arn, PolicyId: policyId } };
}
