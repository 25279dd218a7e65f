import { identityVerdict, type Request, resourceVerdict } from './evaluate';
import type { Policy } from './policy-document';

/** The policies that a request is decided by. */
export interface PolicySet {
  /** The role's own; undefined for a caller who is the account's administrator, or a service. */
  readonly identity: readonly Policy[];
  readonly boundary?: Policy;
  readonly session?: Policy;
  readonly resource?: Policy;
  /** A grant of the resource's service allows the request. */
  readonly isGranted?: boolean;
}

/** Why a request is refused, in the words that AWS ends its message with; undefined when it is allowed. */
export type Refusal =
  | { readonly kind: 'explicit'; readonly policy: string }
  | { readonly kind: 'implicit'; readonly policy: string };

/**
 * Decides as AWS does within one account.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html
 */
export function decide(policies: PolicySet, asked: Request): Refusal | undefined {
  const request = { ...asked, hasBoundary: policies.boundary !== undefined };
  const { caller } = request;
  const identity =
    caller.kind === 'role' ? identityVerdict(policies.identity, request) : administratorsVerdict(caller.kind);
  const boundary = policies.boundary && identityVerdict([policies.boundary], request);
  const session = policies.session && identityVerdict([policies.session], request);
  const resource = policies.resource ? resourceVerdict(policies.resource, request) : 'none';

  if (identity === 'deny') return { kind: 'explicit', policy: 'an identity-based policy' };
  if (resource === 'deny') return { kind: 'explicit', policy: 'a resource-based policy' };
  if (boundary === 'deny') return { kind: 'explicit', policy: 'a permissions boundary' };
  if (session === 'deny') return { kind: 'explicit', policy: 'a session policy' };

  // https://docs.aws.amazon.com/kms/latest/developerguide/grants.html: a grant allows, and denies nothing.
  if (policies.isGranted) return undefined;
  // A resource policy that names the session itself is held back by neither boundary nor session policy.
  if (resource === 'session') return undefined;
  if (caller.kind === 'service') {
    return resource === 'self' ? undefined : { kind: 'implicit', policy: 'resource-based policy' };
  }
  if (isGuarded(request.action) && policies.resource && resource === 'none') {
    return { kind: 'implicit', policy: 'resource-based policy' };
  }
  if (identity !== 'allow' && resource !== 'self') return { kind: 'implicit', policy: 'identity-based policy' };
  if (boundary === 'silent') return { kind: 'implicit', policy: 'permissions boundary' };
  if (session === 'silent') return { kind: 'implicit', policy: 'session policy' };
  return undefined;
}

/**
 * Keys and roles are guarded by their own policy: identity policies count only as far as it lets them.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 */
function isGuarded(action: string): boolean {
  return action.startsWith('kms:') || action === 'sts:AssumeRole';
}

function administratorsVerdict(kind: 'user' | 'service'): 'allow' | 'silent' {
  return kind === 'user' ? 'allow' : 'silent';
}
