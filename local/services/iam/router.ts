/**
 * Owns identities: roles, policies, sessions and their access keys, and the decision on every call.
 * Refuses users, groups and federation: somebody at the keyboard is the account's administrator.
 */
import type { Host } from '../../wire/host';
import type { Service } from '../../wire/service';
import { getAccountSummary, listAccountAliases, listGroups, listUsers } from './actions/account';
import { getContextKeysForCustomPolicy, getContextKeysForPrincipalPolicy } from './actions/get-context-keys';
import { getRole, listRoles } from './actions/get-role';
import { getSessionToken } from './actions/get-session-token';
import { listOpenIdConnectProviders } from './actions/list-open-id-connect-providers';
import { getPolicy, getPolicyVersion, listPolicies } from './actions/managed-policies';
import { getRolePolicy, listAttachedRolePolicies, listRolePolicies, listRoleTags } from './actions/role-policies';
import { simulateCustomPolicy } from './actions/simulate-custom-policy';
import { simulatePrincipalPolicy } from './actions/simulate-principal-policy';
import { assumeRole, getCallerIdentity } from './actions/sts';
import { IamAuthorizer } from './iam-authorizer';
import { iamResources } from './resources';
import { IamStore } from './store';

/** IAM, STS, and what decides on every call; they share their state. */
export interface IamServices {
  readonly iam: Service;
  readonly sts: Service;
  readonly authorizer: IamAuthorizer;
}

/** Makes the embedded IAM and STS. The gateway decides by it after `useAuthorizer(authorizer)`. */
export function createIamServices(host: Host): IamServices {
  const store = new IamStore(host.journal, host.kernel.clock.now());
  return {
    authorizer: new IamAuthorizer(host, store),
    iam: {
      name: 'iam',
      protocols: [{ kind: 'query', version: '2010-05-08', xmlNamespace: 'https://iam.amazonaws.com/doc/2010-05-08/' }],
      actions: {
        GetRole: getRole(host, store),
        ListRoles: listRoles(host, store),
        ListRolePolicies: listRolePolicies(host, store),
        ListAttachedRolePolicies: listAttachedRolePolicies(host, store),
        GetRolePolicy: getRolePolicy(host, store),
        ListUsers: listUsers(host, store),
        ListGroups: listGroups(host, store),
        ListAccountAliases: listAccountAliases(host, store),
        GetAccountSummary: getAccountSummary(host, store),
        ListRoleTags: listRoleTags(host, store),
        ListPolicies: listPolicies(host, store),
        GetPolicy: getPolicy(host, store),
        GetPolicyVersion: getPolicyVersion(host, store),
        ListOpenIDConnectProviders: listOpenIdConnectProviders(host, store),
        SimulatePrincipalPolicy: simulatePrincipalPolicy(host, store),
        SimulateCustomPolicy: simulateCustomPolicy(host, store),
        GetContextKeysForCustomPolicy: getContextKeysForCustomPolicy(host, store),
        GetContextKeysForPrincipalPolicy: getContextKeysForPrincipalPolicy(host, store),
      },
      resources: iamResources(host, store),
    },
    sts: {
      name: 'sts',
      protocols: [{ kind: 'query', version: '2011-06-15', xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/' }],
      actions: {
        GetCallerIdentity: getCallerIdentity(store),
        AssumeRole: assumeRole(host, store),
        GetSessionToken: getSessionToken(host, store),
      },
      // A role's trust policy is the policy of the resource that sts:AssumeRole acts on.
      resourcePolicy: (arn) => store.roleByArn(arn)?.trustPolicy,
    },
  };
}
