import { entityAlreadyExists, noSuchEntity } from './faults';
import { managedDocument } from './role-policies';
import type { IamStore } from './store';

/** Throws NoSuchEntity unless there is a managed policy of this ARN. */
export function checkManagedPolicy(store: IamStore, policyArn: string): void {
  if (managedDocument(store, policyArn)) return;
  const hint = policyArn.startsWith('arn:aws:iam::aws:')
    ? " (the embedded IAM knows AWS's managed policies that are listed in local/services/iam/README.md)"
    : '';
  throw noSuchEntity(`Policy ${policyArn} does not exist or is not attachable.${hint}`);
}

/** Throws NoSuchEntity for the first role that the account does not have. */
export function checkRoles(store: IamStore, roleNames: readonly string[]): void {
  const missing = roleNames.find((roleName) => !store.role(roleName));
  if (missing !== undefined) throw noSuchEntity(`The role with name ${missing} cannot be found.`);
}

/** Throws EntityAlreadyExists when the name is taken. */
export function checkRoleNameFree(store: IamStore, roleName: string): void {
  if (store.role(roleName)) throw entityAlreadyExists(`Role with name ${roleName} already exists.`);
}
