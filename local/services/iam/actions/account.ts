import type { Host } from '../../../wire/host';
import type { Action } from '../../../wire/service';
import type { IamStore } from '../store';

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html: there are none; see the README. */
export function listUsers(host: Host, _store: IamStore): Action {
  return {
    access: () => [{ action: 'iam:ListUsers', resource: `arn:aws:iam::${host.accountId}:user/` }],
    handle: () => ({ Users: [], IsTruncated: false }),
  };
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroups.html: there are none. */
export function listGroups(host: Host, _store: IamStore): Action {
  return {
    access: () => [{ action: 'iam:ListGroups', resource: `arn:aws:iam::${host.accountId}:group/` }],
    handle: () => ({ Groups: [], IsTruncated: false }),
  };
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccountAliases.html: the account has none. */
export function listAccountAliases(_host: Host, _store: IamStore): Action {
  return {
    access: () => [{ action: 'iam:ListAccountAliases', resource: '*' }],
    handle: () => ({ AccountAliases: [], IsTruncated: false }),
  };
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html: what the embedded IAM has. */
export function getAccountSummary(_host: Host, store: IamStore): Action {
  return {
    access: () => [{ action: 'iam:GetAccountSummary', resource: '*' }],
    handle: () => ({
      SummaryMap: new Map([
        ['Users', 0],
        ['Groups', 0],
        ['Roles', store.allRoles().length],
        ['Policies', store.allPolicies().length],
        ['Providers', store.allOidcProviders().length],
      ]),
    }),
  };
}
