import type { Host } from '../../../wire/host';
import type { Action } from '../../../wire/service';
import { ConditionKeys } from '../condition-keys';
import { decide, type Refusal } from '../decide';
import { noSuchEntity, validationError } from '../faults';
import type { RoleRecord } from '../model';
import { cachedPolicy } from '../policy-document';
import { policySetOfRole } from '../role-policies';
import { sessionArn } from '../sessions';
import type { IamStore } from '../store';

interface SimulateInput {
  readonly PolicySourceArn?: string;
  readonly ActionNames?: readonly string[];
  readonly ResourceArns?: readonly string[];
  readonly ResourcePolicy?: string;
  readonly ContextEntries?: readonly {
    readonly ContextKeyName: string;
    readonly ContextKeyValues?: readonly string[];
  }[];
}

/**
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html, for roles; the statements that
 * matched are not told.
 */
export function simulatePrincipalPolicy(host: Host, store: IamStore): Action<SimulateInput> {
  return {
    access: ({ PolicySourceArn }) => [{ action: 'iam:SimulatePrincipalPolicy', resource: String(PolicySourceArn) }],
    handle: (input) => {
      const { PolicySourceArn = '', ActionNames = [], ResourceArns = ['*'] } = input;
      if (ActionNames.length === 0) throw validationError('ActionNames must name at least one action.');
      const role = store.roleByArn(PolicySourceArn);
      if (!role) throw noSuchEntity(`The policy source ${PolicySourceArn} is not a role of this account.`);
      const results = ActionNames.flatMap((action) =>
        ResourceArns.map((resource) => ({
          EvalActionName: action,
          EvalResourceName: resource,
          EvalDecision: decisionWord(simulate(host, store, role, action, resource, input)),
          MatchedStatements: [],
          MissingContextValues: [],
        })),
      );
      return { EvaluationResults: results, IsTruncated: false };
    },
  };
}

function simulate(
  host: Host,
  store: IamStore,
  role: RoleRecord,
  action: string,
  resource: string,
  { ContextEntries = [], ResourcePolicy }: SimulateInput,
): Refusal | undefined {
  const { accountId, region, kernel } = host;
  const arn = sessionArn(accountId, role.arn, 'simulated');
  const caller = { kind: 'role', arn, roleArn: role.arn, accountId } as const;
  const context = Object.fromEntries(
    ContextEntries.map(({ ContextKeyName, ContextKeyValues = [] }) => [ContextKeyName, ContextKeyValues]),
  );
  const keys = new ConditionKeys({ caller, resource, region, accountId, context, role, nowMs: kernel.clock.now() });
  const onResource = ResourcePolicy === undefined ? undefined : cachedPolicy(parse(ResourcePolicy), 'resource');
  return decide({ ...policySetOfRole(store, role), resource: onResource }, { caller, action, resource, keys });
}

function decisionWord(refusal: Refusal | undefined): string {
  if (!refusal) return 'allowed';
  return refusal.kind === 'explicit' ? 'explicitDeny' : 'implicitDeny';
}

function parse(text: string): object {
  try {
    return JSON.parse(text);
  } catch {
    throw validationError('ResourcePolicy is not JSON.');
  }
}
