import { awsManagedPolicy } from './aws-managed-policies';
import type { PolicySet } from './decide';
import type { PolicyJson, RoleRecord } from './model';
import { cachedPolicy } from './policy-document';
import type { RoleDocuments } from './replay';
import type { IamStore } from './store';

/** What binds every session of a role, as documents. */
export function documentsOfRole(store: IamStore, { arn, roleId, tags, ...role }: RoleRecord): RoleDocuments {
  const managed = role.attached.flatMap((policyArn): PolicyJson[] => {
    const document = managedDocument(store, policyArn);
    return document ? [document] : [];
  });
  const identity = [...Object.values(role.inline), ...managed];
  return { roleArn: arn, roleId, tags, identity, boundary: boundaryOf(store, role.boundaryArn) };
}

function boundaryOf(store: IamStore, policyArn: string | undefined): PolicyJson | undefined {
  return policyArn === undefined ? undefined : managedDocument(store, policyArn);
}

/** The document of a managed policy, the account's or AWS's own; undefined when there is none. */
export function managedDocument(store: IamStore, arn: string): PolicyJson | undefined {
  return store.policy(arn)?.document ?? awsManagedPolicy(arn);
}

/** The policies that bind every session of a role, read. */
export function policySetOfRole(store: IamStore, role: RoleRecord): PolicySet {
  const { identity, boundary } = documentsOfRole(store, role);
  return {
    identity: identity.map((document) => cachedPolicy(document, 'identity')),
    boundary: boundary && cachedPolicy(boundary, 'identity'),
  };
}
