import { type Condition, compileConditions } from './conditions';
import { malformedPolicy } from './faults';
import { compilePrincipal, type PrincipalMatcher } from './principals';

/** A policy document that has been read once, so that deciding with it is quick. */
export interface Policy {
  readonly statements: readonly Statement[];
}

/** One statement. A list that is undefined is not part of the statement and does not narrow it. */
export interface Statement {
  readonly sid: string | undefined;
  readonly effect: 'Allow' | 'Deny';
  /** Patterns in lower case: actions have no case. */
  readonly actions: readonly string[] | undefined;
  readonly notActions: readonly string[] | undefined;
  /** Patterns, policy variables still in them when `hasVariables`. */
  readonly resources: readonly string[] | undefined;
  readonly notResources: readonly string[] | undefined;
  readonly principal: PrincipalMatcher | undefined;
  readonly notPrincipal: PrincipalMatcher | undefined;
  readonly conditions: readonly Condition[];
  readonly hasVariables: boolean;
}

/** What a policy is attached to decides which elements it must and must not have. */
export type PolicyKind = 'identity' | 'trust' | 'resource';

const ELEMENTS = new Set([
  ...['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Principal', 'NotPrincipal', 'Condition'],
]);

/**
 * Reads a policy document. Throws AwsError MalformedPolicyDocument in AWS's words.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function compilePolicy(document: unknown, kind: PolicyKind): Policy {
  if (document === null || typeof document !== 'object' || Array.isArray(document)) {
    throw malformedPolicy('Syntax errors in policy.');
  }
  const { Version = '2008-10-17', Statement } = document as Record<string, unknown>;
  if (Version !== '2012-10-17' && Version !== '2008-10-17') {
    throw malformedPolicy(`The policy must contain a valid version string (it has ${JSON.stringify(Version)})`);
  }
  if (Statement === undefined) throw malformedPolicy('Syntax errors in policy. (no Statement)');
  const statements = Array.isArray(Statement) ? Statement : [Statement];
  const sids = statements.map((statement) => statement?.Sid).filter((sid) => sid !== undefined && sid !== '');
  if (new Set(sids).size < sids.length) throw malformedPolicy('Statement IDs (SID) in a single policy must be unique.');
  return { statements: statements.map((statement) => compileStatement(statement, kind, Version === '2012-10-17')) };
}

/** The largest number of texts that are kept; beyond it all are read anew. */
const LIMIT_TEXTS = 1_000;

const byDocument = new WeakMap<object, Policy>();
const byText = new Map<string, Policy>();

/**
 * The same, read once: the same document object gives the same policy, and so does another one of the same text, since
 * some services make theirs anew for each call. Documents are replaced, never changed in place.
 */
export function cachedPolicy(document: object, kind: PolicyKind): Policy {
  const known = byDocument.get(document);
  if (known) return known;
  const text = `${kind} ${JSON.stringify(document)}`;
  const policy = byText.get(text) ?? compilePolicy(document, kind);
  if (byText.size >= LIMIT_TEXTS) byText.clear();
  byText.set(text, policy);
  byDocument.set(document, policy);
  return policy;
}

function compileStatement(statement: any, kind: PolicyKind, hasVariables: boolean): Statement {
  if (statement === null || typeof statement !== 'object') throw malformedPolicy('Syntax errors in policy.');
  const unknown = Object.keys(statement).find((element) => !ELEMENTS.has(element));
  if (unknown) throw malformedPolicy(`Syntax errors in policy. (unknown element ${unknown})`);
  const { Effect, Action, NotAction, Resource, NotResource, Principal, NotPrincipal, Condition } = statement;
  if (Effect !== 'Allow' && Effect !== 'Deny') throw malformedPolicy(`Invalid effect: ${Effect}`);
  if ((Action === undefined) === (NotAction === undefined)) {
    throw malformedPolicy('Policy statement must contain actions.');
  }
  if (kind === 'identity') checkIdentityStatement(statement);
  checkPlace(kind, { Resource, NotResource, Principal, NotPrincipal });
  return {
    sid: statement.Sid,
    effect: Effect,
    actions: patterns(Action)?.map(actionPattern),
    notActions: patterns(NotAction)?.map(actionPattern),
    resources: patterns(Resource),
    notResources: patterns(NotResource),
    principal: Principal === undefined ? undefined : compilePrincipal(Principal),
    notPrincipal: NotPrincipal === undefined ? undefined : compilePrincipal(NotPrincipal),
    conditions: compileConditions(Condition, hasVariables),
    hasVariables,
  };
}

function checkIdentityStatement({ Sid = '', Resource, NotResource }: any): void {
  if (!/^[0-9A-Za-z]*$/.test(Sid)) {
    throw malformedPolicy(
      'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]* ' +
        `(${Sid})`,
    );
  }
  for (const resource of [...(patterns(Resource) ?? []), ...(patterns(NotResource) ?? [])]) {
    if (resource !== '*' && !resource.startsWith('arn:')) {
      throw malformedPolicy(`Resource ${resource} must be in ARN format or "*".`);
    }
  }
}

function checkPlace(
  kind: PolicyKind,
  elements: Record<'Resource' | 'NotResource' | 'Principal' | 'NotPrincipal', unknown>,
) {
  const hasPrincipal = elements.Principal !== undefined || elements.NotPrincipal !== undefined;
  const hasResource = elements.Resource !== undefined || elements.NotResource !== undefined;
  if (kind === 'identity' && hasPrincipal) throw malformedPolicy('Policy document should not specify a principal.');
  if (kind === 'identity' && !hasResource) throw malformedPolicy('Policy statement must contain resources.');
  if (kind === 'trust' && hasResource) throw malformedPolicy('Has prohibited field Resource');
  if (kind !== 'identity' && !hasPrincipal) throw malformedPolicy('Missing required field Principal');
}

function actionPattern(action: string): string {
  if (action === '*' || /^[A-Za-z0-9-]+:[A-Za-z0-9*?]+$/.test(action)) return action.toLowerCase();
  throw malformedPolicy(`Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc. (${action})`);
}

function patterns(value: unknown): string[] | undefined {
  if (value === undefined) return undefined;
  const list = Array.isArray(value) ? value : [value];
  const wrong = list.find((item) => typeof item !== 'string');
  if (wrong !== undefined) throw malformedPolicy(`Syntax errors in policy. (${JSON.stringify(wrong)} is not a string)`);
  return list;
}
