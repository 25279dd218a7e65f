import type { RecordedRequest } from '../../services/iam/decision-record';
import { BY_AWS_ALONE, type Explanation, explanationOf, NOT_REACHED } from './explanations';
import type { Evidence, Judge } from './judge';
import { type AttachedPolicy, type Named, namesIn, type WrittenStatement } from './policy-statement';

/** One action, resource or principal that a policy allows, and how many of the recorded requests used it. */
export interface GrantUse {
  readonly policy: AttachedPolicy;
  readonly statement: WrittenStatement;
  readonly taken: Named;
  readonly uses: number;
  /** Why AWS alone uses it. */
  readonly byAws?: Explanation;
  /** Why the workload does not use it. */
  readonly notReached?: Explanation;
}

/** What became of the policies under a workload. */
export interface Usage {
  readonly grants: readonly GrantUse[];
  /** Requests that were refused, but those of administrators. */
  readonly refused: readonly RecordedRequest[];
}

/** What each policy allows and what was used of it; refusals besides. A deny is no grant. */
export function usageOf({ policies, requests }: Evidence, judge: Judge): Usage {
  const grants = policies.flatMap((policy) =>
    policy.document.Statement.filter(({ Effect }) => Effect === 'Allow').flatMap((statement) =>
      namesIn(statement).map((taken): GrantUse => {
        const uses = judge.uses(policy, statement, taken);
        const about = { policy, statement, taken };
        if (uses > 0) return { ...about, uses };
        const byAws = explanationOf(BY_AWS_ALONE, about);
        return { ...about, uses, byAws, notReached: byAws ? undefined : explanationOf(NOT_REACHED, about) };
      }),
    ),
  );
  return { grants, refused: requests.filter(({ isAllowed, caller }) => !isAllowed && caller.kind !== 'user') };
}

/** Grants that nobody used and nothing explains. */
export function unused({ grants }: Usage): GrantUse[] {
  return grants.filter(({ uses, byAws, notReached }) => uses === 0 && !byAws && !notReached);
}
