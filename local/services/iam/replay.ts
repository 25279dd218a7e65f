import { ConditionKeys } from './condition-keys';
import { decide, type Refusal } from './decide';
import type { AskedRequest } from './decision-record';
import type { PolicyJson } from './model';
import { cachedPolicy } from './policy-document';

/** What binds the sessions of a role, as documents. */
export interface RoleDocuments {
  readonly roleArn: string;
  readonly roleId: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Inline before managed. */
  readonly identity: readonly PolicyJson[];
  readonly boundary?: PolicyJson;
}

/** Where a request was made. */
export interface Account {
  readonly accountId: string;
  readonly region: string;
}

/**
 * Decides a recorded request again, by the documents of its caller's role that are handed in; `role` is undefined for a
 * caller who is none. Gives why it is refused, or undefined when it is allowed.
 */
export function replay(asked: AskedRequest, role: RoleDocuments | undefined, account: Account): Refusal | undefined {
  const { caller, action, resource, context, isGranted, resourcePolicy, sessionPolicy, atMs } = asked;
  const keys = new ConditionKeys({ caller, resource, context, role, nowMs: atMs, ...account });
  const identity = (role?.identity ?? []).map((document) => cachedPolicy(document, 'identity'));
  const policies = {
    identity,
    boundary: role?.boundary && cachedPolicy(role.boundary, 'identity'),
    session: sessionPolicy && cachedPolicy(sessionPolicy, 'identity'),
    resource: resourcePolicy && cachedPolicy(resourcePolicy, 'resource'),
    isGranted,
  };
  return decide(policies, { caller, action, resource, keys });
}
