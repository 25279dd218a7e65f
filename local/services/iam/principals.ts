import type { Caller } from '../../wire/caller';
import { malformedPolicy } from './faults';

/**
 * How a statement's Principal names a caller.
 * - `self`: the role, the session, the user or the service itself; or everyone (`*`)
 * - `session`: the very session, by the ARN that STS gave it
 * - `account`: the caller's whole account, which leaves the decision to the caller's own policies
 */
export type PrincipalMatch = 'session' | 'self' | 'account' | 'none';

/** Who a statement speaks of. */
export type PrincipalMatcher = (caller: Caller) => PrincipalMatch;

/**
 * Reads a Principal or NotPrincipal element. Throws AwsError MalformedPolicyDocument for a form that AWS does not know.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function compilePrincipal(element: unknown): PrincipalMatcher {
  if (element === '*') return () => 'self';
  if (element === null || typeof element !== 'object' || Array.isArray(element)) {
    throw malformedPolicy(`Invalid principal in policy: ${JSON.stringify(element)}`);
  }
  const matchers = Object.entries(element).flatMap(([kind, names]) =>
    (Array.isArray(names) ? names : [names]).map((name) => matcherOf(kind, String(name))),
  );
  return (caller) => {
    const matches = new Set(matchers.map((matcher) => matcher(caller)));
    return (['session', 'self', 'account'] as const).find((match) => matches.has(match)) ?? 'none';
  };
}

function matcherOf(kind: string, name: string): PrincipalMatcher {
  switch (kind) {
    case 'Service':
      return (caller) => (caller.kind === 'service' && caller.principal === name ? 'self' : 'none');
    case 'AWS':
      return awsMatcher(name);
    case 'Federated':
    case 'CanonicalUser':
      return () => 'none';
    default:
      throw malformedPolicy(`Invalid principal in policy: "${kind}":"${name}"`);
  }
}

function awsMatcher(name: string): PrincipalMatcher {
  if (name === '*') return () => 'self';
  const account = /^(\d{12})$/.exec(name)?.[1] ?? /^arn:[^:]+:iam::(\d{12}):root$/.exec(name)?.[1];
  if (account) return (caller) => (caller.kind !== 'service' && caller.accountId === account ? 'account' : 'none');
  if (!name.startsWith('arn:')) throw malformedPolicy(`Invalid principal in policy: "AWS":"${name}"`);
  return (caller) => {
    if (caller.kind === 'service') return 'none';
    if (caller.kind === 'user') return caller.arn === name ? 'self' : 'none';
    if (caller.arn === name) return 'session';
    return caller.roleArn === name ? 'self' : 'none';
  };
}
