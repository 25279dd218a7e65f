import type { Caller } from '../../wire/caller';
import type { ConditionKeys } from './condition-keys';
import type { Policy, Statement } from './policy-document';
import { expandVariables } from './policy-variables';
import type { PrincipalMatch } from './principals';
import { matchesWildcard } from './wildcard';

/** What is asked of policies. */
export interface Request {
  readonly caller: Caller;
  readonly action: string;
  readonly resource: string;
  readonly keys: ConditionKeys;
  /** Whether a permissions boundary is attached to the caller's role. */
  readonly hasBoundary?: boolean;
}

/** Whether a statement of an identity policy (or of a boundary or session policy) applies. */
export function applies(statement: Statement, request: Request): boolean {
  return (
    namesAction(statement, request.action) &&
    namesResource(statement, request) &&
    statement.conditions.every((condition) => condition(request.keys))
  );
}

/** What identity policies say together; a deny of any outweighs all that allow. */
export function identityVerdict(policies: readonly Policy[], request: Request): 'allow' | 'deny' | 'silent' {
  let isAllowed = false;
  for (const { statements } of policies) {
    for (const statement of statements) {
      if (statement.effect === 'Allow' && isAllowed) continue;
      if (!applies(statement, request)) continue;
      if (statement.effect === 'Deny') return 'deny';
      isAllowed = true;
    }
  }
  return isAllowed ? 'allow' : 'silent';
}

/** What a resource's policy says: `deny`, or how closely it names a caller that it allows. */
export function resourceVerdict(policy: Policy, request: Request): 'deny' | PrincipalMatch {
  const found = new Set<PrincipalMatch>();
  for (const statement of policy.statements) {
    const match = principalMatch(statement, request);
    if (match === 'none' || !applies(statement, request)) continue;
    if (statement.effect === 'Deny') return 'deny';
    found.add(match);
  }
  return (['session', 'self', 'account'] as const).find((match) => found.has(match)) ?? 'none';
}

function principalMatch(
  { effect, principal, notPrincipal }: Statement,
  { caller, hasBoundary }: Request,
): PrincipalMatch {
  if (principal) return principal(caller);
  if (!notPrincipal) return 'none';
  // "NotPrincipal with a Deny effect will always deny any IAM principal that has a permissions boundary policy attached":
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
  if (effect === 'Deny' && hasBoundary) return 'self';
  return notPrincipal(caller) === 'none' ? 'self' : 'none';
}

function namesAction({ actions, notActions }: Statement, action: string): boolean {
  const name = action.toLowerCase();
  const isNamed = (patterns: readonly string[]) => patterns.some((pattern) => matchesWildcard(pattern, name));
  return actions ? isNamed(actions) : !isNamed(notActions ?? []);
}

function namesResource({ resources, notResources, hasVariables }: Statement, { resource, keys }: Request): boolean {
  const isNamed = (patterns: readonly string[]) =>
    patterns.some((pattern) => {
      const known = hasVariables ? expandVariables(pattern, keys) : pattern;
      return known !== undefined && matchesWildcard(known, resource);
    });
  if (resources) return isNamed(resources);
  return notResources ? !isNamed(notResources) : true;
}
