/**
 * Owns what the policy simulator answers: decisions on actions and resources by policies that are handed in, nothing carried out.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_testing-policies.html
 */
import type { Caller } from '../../wire/caller';
import type { Host } from '../../wire/host';
import { ConditionKeys } from './condition-keys';
import { contextKeysOf } from './context-keys-of-policy';
import { decide, type Refusal } from './decide';
import { applies, type Request } from './evaluate';
import { validationError } from './faults';
import type { PolicyJson, RoleRecord } from './model';
import { cachedPolicy, compilePolicy } from './policy-document';

/** A policy, and what the simulator calls it. */
export interface SourcedPolicy {
  readonly id: string;
  readonly document: PolicyJson;
}

/** Whose policies are tried. */
export interface SimulatedPrincipal {
  readonly caller: Caller;
  readonly role?: RoleRecord;
  readonly policies: readonly SourcedPolicy[];
  readonly boundary?: PolicyJson;
}

/** What both forms of the simulator are asked. */
export interface SimulationInput {
  readonly ActionNames?: readonly string[];
  readonly ResourceArns?: readonly string[];
  readonly ResourcePolicy?: string;
  readonly ContextEntries?: readonly {
    readonly ContextKeyName: string;
    readonly ContextKeyValues?: readonly string[];
  }[];
}

/** The answer of SimulatePrincipalPolicy and SimulateCustomPolicy: one result for each action on each resource. */
export function simulate(host: Host, principal: SimulatedPrincipal, input: SimulationInput): object {
  const { ActionNames = [], ResourceArns = ['*'] } = input;
  if (ActionNames.length === 0) throw validationError('ActionNames must name at least one action.');
  const EvaluationResults = ActionNames.flatMap((action) =>
    ResourceArns.map((resource) => evaluate(host, principal, action, resource, input)),
  );
  return { EvaluationResults, IsTruncated: false };
}

/** A policy document of a request. Throws ValidationError, or MalformedPolicyDocument. */
export function readPolicy(name: string, text: unknown): PolicyJson {
  let document: PolicyJson;
  try {
    document = JSON.parse(String(text));
  } catch {
    throw validationError(`${name} is not JSON.`);
  }
  compilePolicy(document, name === 'ResourcePolicy' ? 'resource' : 'identity');
  return document;
}

function evaluate(
  host: Host,
  { caller, role, policies, boundary }: SimulatedPrincipal,
  action: string,
  resource: string,
  { ContextEntries = [], ResourcePolicy }: SimulationInput,
): object {
  const { accountId, region, kernel } = host;
  const context = Object.fromEntries(
    ContextEntries.map(({ ContextKeyName, ContextKeyValues = [] }) => [ContextKeyName, ContextKeyValues]),
  );
  const keys = new ConditionKeys({ caller, resource, region, accountId, context, role, nowMs: kernel.clock.now() });
  const request: Request = { caller, action, resource, keys };
  const onResource = ResourcePolicy === undefined ? undefined : readPolicy('ResourcePolicy', ResourcePolicy);
  const set = {
    identity: policies.map(({ document }) => cachedPolicy(document, 'identity')),
    boundary: boundary && cachedPolicy(boundary, 'identity'),
    resource: onResource && cachedPolicy(onResource, 'resource'),
  };
  const decision = decisionWord(decide(set, request));
  const asked = contextKeysOf(policies.map(({ document }) => document));
  return {
    EvalActionName: action,
    EvalResourceName: resource,
    EvalDecision: decision,
    MatchedStatements: matched(policies, request, decision),
    MissingContextValues: asked.filter((key) => keys.get(key) === undefined),
  };
}

/** The statements that made the decision; none for what nobody has allowed. */
function matched(policies: readonly SourcedPolicy[], request: Request, decision: string): object[] {
  const effect = decision === 'allowed' ? 'Allow' : decision === 'explicitDeny' ? 'Deny' : undefined;
  return policies.flatMap(({ id, document }) =>
    cachedPolicy(document, 'identity')
      .statements.filter((statement) => statement.effect === effect && applies(statement, request))
      .map(() => ({ SourcePolicyId: id, SourcePolicyType: 'IAM Policy' })),
  );
}

function decisionWord(refusal: Refusal | undefined): string {
  if (!refusal) return 'allowed';
  return refusal.kind === 'explicit' ? 'explicitDeny' : 'implicitDeny';
}
