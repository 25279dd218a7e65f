import type { Policy } from './policy-document';
import { policiesOfRole } from './role-policies';
import type { IamStore } from './store';

/** How often a caller asked for an action on a resource. */
export interface Use {
  readonly action: string;
  readonly resource: string;
  allowed: number;
  denied: number;
}

/** What a role was granted, and what it used of it. */
export interface RoleUsage {
  readonly roleArn: string;
  /** Statements of the role's policies, each with the policy's name. */
  readonly granted: readonly Grant[];
  readonly used: readonly Readonly<Use>[];
}

/** One statement of a role's policy. */
export interface Grant {
  readonly policy: string;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** Distinct resources that are counted apart for each role; what comes beyond them is counted by action alone. */
const LIMIT_RESOURCES = 2_000;

/** Counts what callers did. Kept beside the policies: it is no part of a decision. */
export class UsageRecord {
  private readonly byRole = new Map<string, Map<string, Use>>();

  /** The counter of an action on a resource; the same object each time. */
  counter(roleArn: string, action: string, resource: string): Use {
    let uses = this.byRole.get(roleArn);
    if (!uses) {
      uses = new Map();
      this.byRole.set(roleArn, uses);
    }
    const counted = uses.size < LIMIT_RESOURCES || uses.has(`${action} ${resource}`) ? resource : '(others)';
    const key = `${action} ${counted}`;
    let use = uses.get(key);
    if (!use) {
      use = { action, resource: counted, allowed: 0, denied: 0 };
      uses.set(key, use);
    }
    return use;
  }

  /** Grants and uses of every role of the account. */
  report(store: IamStore): RoleUsage[] {
    return store.allRoles().map((role) => ({
      roleArn: role.arn,
      granted: policiesOfRole(store, role).flatMap(({ name, policy }) => grantsOf(name, policy)),
      used: [...(this.byRole.get(role.arn)?.values() ?? [])].map((use) => ({ ...use })),
    }));
  }
}

function grantsOf(name: string, { statements }: Policy): Grant[] {
  return statements.map(({ effect, writtenActions, resources, notResources }) => ({
    policy: name,
    effect,
    actions: writtenActions,
    resources: resources ?? (notResources ?? []).map((resource) => `not ${resource}`),
  }));
}
