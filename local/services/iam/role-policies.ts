import { awsManagedPolicy } from './aws-managed-policies';
import type { PolicySet } from './decide';
import type { PolicyJson, RoleRecord } from './model';
import { cachedPolicy, type Policy } from './policy-document';
import type { IamStore } from './store';

/** A role's policies, inline before managed, each with the name or ARN under which it is known. */
export function policiesOfRole(store: IamStore, role: RoleRecord): { name: string; policy: Policy }[] {
  const inline = Object.entries(role.inline);
  const managed = role.attached.flatMap((arn): [string, PolicyJson][] => {
    const document = managedDocument(store, arn);
    return document ? [[arn, document]] : [];
  });
  return [...inline, ...managed].map(([name, document]) => ({ name, policy: cachedPolicy(document, 'identity') }));
}

/** The document of a managed policy, the account's or AWS's own; undefined when there is none. */
export function managedDocument(store: IamStore, arn: string): PolicyJson | undefined {
  return store.policy(arn)?.document ?? awsManagedPolicy(arn);
}

/** The policies that bind every session of a role. */
export function policySetOfRole(store: IamStore, role: RoleRecord): PolicySet {
  const boundary = role.boundaryArn === undefined ? undefined : managedDocument(store, role.boundaryArn);
  return {
    identity: policiesOfRole(store, role).map(({ policy }) => policy),
    boundary: boundary && cachedPolicy(boundary, 'identity'),
  };
}
