import type { AskedRequest, RecordedRequest } from '../../services/iam/decision-record';
import { type Account, type RoleDocuments, replay } from '../../services/iam/replay';
import type { Mutant } from './mutants';
import { type AttachedPolicy, type Named, only, type WrittenPolicy, type WrittenStatement } from './policy-statement';

/** What a workload leaves to judge by. */
export interface Evidence extends Account {
  /** Policies of the stacks, in force. */
  readonly policies: readonly AttachedPolicy[];
  readonly roles: readonly RoleDocuments[];
  readonly requests: readonly RecordedRequest[];
  /** How many requests had been made when each part began. */
  readonly made: readonly number[];
  /** The refusal that ended the workload before its end: a grant is missing. */
  readonly endedBy?: AskedRequest;
}

/**
 * Decides recorded requests again by other policies. Throws an Error when the policies in force would not have decided as
 * they did: then nothing could be concluded.
 */
export class Judge {
  private readonly roles: ReadonlyMap<string, RoleDocuments>;
  /** Requests of each role, and those that met each guarded ARN's policy. */
  private readonly byRole = new Map<string, RecordedRequest[]>();
  private readonly byGuarded = new Map<string, RecordedRequest[]>();

  constructor(private readonly evidence: Evidence) {
    this.roles = new Map(evidence.roles.map((role) => [role.roleArn, role]));
    const guarded = evidence.policies
      .filter(({ kind }) => kind === 'resource')
      .flatMap(({ attachedTo, document }) => attachedTo.map((arn) => ({ arn, texts: textsOf(document) })));
    for (const request of evidence.requests) {
      if (request.caller.kind === 'role') add(this.byRole, request.caller.roleArn, request);
      const { resourcePolicy } = request;
      if (!resourcePolicy) continue;
      const texts = textsOf(resourcePolicy as unknown as WrittenPolicy);
      const own = guarded.filter(({ arn, texts: wanted }) => isUnder(request.resource, arn) && hasAny(texts, wanted));
      for (const arn of new Set(own.map((entry) => entry.arn))) add(this.byGuarded, arn, request);
    }
    const other = evidence.requests.find((request) => this.isAllowed(request) !== request.isAllowed);
    if (other) {
      throw new Error(`The record does not hold: ${other.action} on ${other.resource} is decided otherwise now.`);
    }
  }

  /** The first recorded request that a mutant decides otherwise; undefined when nobody notices. */
  noticedBy({ policy, statementIndex, statement, mutated }: Mutant): RecordedRequest | undefined {
    if (policy.kind === 'identity') {
      const document = withStatement(policy.document, statementIndex, mutated);
      const before = JSON.stringify(policy.document);
      for (const roleArn of policy.attachedTo) {
        const role = this.roles.get(roleArn)!;
        const identity = role.identity.map((own) => (JSON.stringify(own) === before ? document : own));
        const changed = { ...role, identity: identity as RoleDocuments['identity'] };
        const noticing = this.byRole.get(roleArn)?.find((one) => this.isAllowed(one, changed) !== one.isAllowed);
        if (noticing) return noticing;
      }
      return undefined;
    }
    const replaced = new ReplacedStatements(JSON.stringify(statement), mutated);
    return this.guardedBy(policy).find((one) => this.isAllowed(replaced.in(one)) !== one.isAllowed);
  }

  /** How many recorded requests used what a statement names: it alone would have let them through, or held them up. */
  uses(policy: AttachedPolicy, statement: WrittenStatement, named: Named): number {
    const narrowed = only(statement, named);
    if (policy.kind === 'identity') {
      const requests = policy.attachedTo.flatMap((roleArn) => this.byRole.get(roleArn) ?? []);
      return requests.filter((request) => this.isMatched(request, narrowed)).length;
    }
    const text = JSON.stringify(statement);
    const alone = new ReplacedStatements(text, narrowed);
    const none = new ReplacedStatements(text, undefined);
    return this.guardedBy(policy).filter((one) => this.isAllowed(alone.in(one)) !== this.isAllowed(none.in(one)))
      .length;
  }

  private guardedBy({ attachedTo }: AttachedPolicy): RecordedRequest[] {
    return attachedTo.flatMap((arn) => this.byGuarded.get(arn) ?? []);
  }

  /** Whether a statement of a role's policy, alone in the world, applies to a request. */
  private isMatched(request: RecordedRequest, statement: WrittenStatement): boolean {
    const { caller } = request;
    const role = caller.kind === 'role' ? this.roles.get(caller.roleArn) : undefined;
    if (!role) return false;
    const identity = [{ Version: '2012-10-17', Statement: [{ ...statement, Effect: 'Allow' }] }];
    const alone = { ...request, resourcePolicy: undefined, sessionPolicy: undefined, isGranted: undefined };
    return replay(alone, { ...role, identity, boundary: undefined }, this.evidence) === undefined;
  }

  private isAllowed(request: RecordedRequest, role?: RoleDocuments): boolean {
    const { caller } = request;
    const own = role ?? (caller.kind === 'role' ? this.roles.get(caller.roleArn) : undefined);
    return replay(request, own, this.evidence) === undefined;
  }
}

/** A statement of resources' policies that is replaced, or taken away. */
class ReplacedStatements {
  private readonly changed = new Map<object, object>();

  constructor(
    private readonly text: string,
    private readonly replacement: WrittenStatement | undefined,
  ) {}

  /** A request as it would be if its resource's policy were the changed one. */
  in(request: RecordedRequest): RecordedRequest {
    const policy = request.resourcePolicy as unknown as WrittenPolicy;
    let changed = this.changed.get(policy);
    if (!changed) {
      const index = policy.Statement.findIndex((statement) => JSON.stringify(statement) === this.text);
      changed = index < 0 ? policy : withStatement(policy, index, this.replacement);
      this.changed.set(policy, changed);
    }
    return { ...request, resourcePolicy: changed as RecordedRequest['resourcePolicy'] };
  }
}

function withStatement(policy: WrittenPolicy, index: number, statement: WrittenStatement | undefined): WrittenPolicy {
  return { ...policy, Statement: policy.Statement.flatMap((own, at) => (at === index ? (statement ?? []) : own)) };
}

function textsOf(policy: WrittenPolicy): Set<string> {
  return new Set([policy.Statement].flat().map((statement) => JSON.stringify(statement)));
}

function hasAny(texts: ReadonlySet<string>, wanted: ReadonlySet<string>): boolean {
  return [...wanted].some((text) => texts.has(text));
}

/** Objects of a bucket and versions of a function are under their ARN. */
function isUnder(resource: string, arn: string): boolean {
  return resource === arn || resource.startsWith(`${arn}/`) || resource.startsWith(`${arn}:`);
}

function add(map: Map<string, RecordedRequest[]>, key: string, request: RecordedRequest): void {
  const requests = map.get(key);
  if (requests) requests.push(request);
  else map.set(key, [request]);
}
