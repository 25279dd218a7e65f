/**
 * Owns the decision on every call: who calls, and whether that caller's policies and the resource's allow it.
 * Refuses to know any service's actions; services name what a call needs.
 *
 * Invariants
 * 1. A deny that applies wins over every allow.
 * 2. A decision is kept only while no policy changes, and only when it read nothing that another call for the same
 *    caller, action and resource could have otherwise.
 * Budget: 20 microseconds for a decision that is kept; every call of the embedded AWS pays it.
 */
import type { Authorizer } from '../../wire/authorizer';
import type { Caller } from '../../wire/caller';
import type { Credentials, Host } from '../../wire/host';
import type { Access } from '../../wire/service';
import { accessDenied } from './access-denied';
import { ConditionKeys, overridesFixedKey } from './condition-keys';
import { decide, type PolicySet, type Refusal } from './decide';
import type { AskedRequest } from './decision-record';
import type { PolicyJson } from './model';
import { cachedPolicy, type Policy } from './policy-document';
import type { RoleDocuments } from './replay';
import { documentsOfRole, policySetOfRole } from './role-policies';
import { credentialsFor, identifyKey, sessionArn } from './sessions';
import type { IamStore } from './store';
import { isTrusted, trustRefusal } from './trust';

/** The largest number of decisions that are kept. */
const LIMIT_DECISIONS = 20_000;

interface Decision {
  readonly refusal: Refusal | undefined;
  readonly resourcePolicy: Policy | undefined;
}

/** Is told of each decision on a role, a service, or anybody who meets a resource's policy. */
export type DecisionObserver = (asked: AskedRequest, isAllowed: boolean) => void;

/** The embedded IAM as the gateway asks it. */
export class IamAuthorizer implements Authorizer {
  private readonly decisions = new Map<string, Decision>();
  private observer: DecisionObserver | undefined;
  private revision = -1;

  constructor(
    private readonly host: Pick<Host, 'kernel' | 'accountId' | 'region'>,
    private readonly store: IamStore,
  ) {}

  identify(accessKeyId: string): Caller {
    return identifyKey(this.host.kernel, this.store, this.host.accountId, accessKeyId);
  }

  /** `sourceArn` is what the service acts for, where the trust policy asks for `aws:SourceArn`. */
  assumeRole(roleArn: string, servicePrincipal: string, sessionName: string, sourceArn = ''): Caller {
    const { accountId } = this.host;
    const caller = { kind: 'service', principal: servicePrincipal, sourceArn, accountId } as const;
    const trust = this.store.roleByArn(roleArn)?.trustPolicy;
    const isAllowed = isTrusted(this.host, trust, roleArn, caller);
    this.observe(caller, { action: 'sts:AssumeRole', resource: roleArn }, trust, isAllowed);
    if (!isAllowed) throw trustRefusal(caller, roleArn);
    return { kind: 'role', arn: sessionArn(accountId, roleArn, sessionName), roleArn, accountId };
  }

  credentialsOf(caller: Caller): Credentials {
    return credentialsFor(this.host.kernel, this.store, caller);
  }

  authorize(caller: Caller, service: string, access: Access, resourcePolicy: object | undefined): void {
    // The administrator is stopped by nothing but a resource's own policy.
    if (caller.kind === 'user' && !resourcePolicy) return;
    const { refusal } = this.decision(caller, access, resourcePolicy);
    this.observe(caller, access, resourcePolicy, refusal === undefined);
    if (refusal) throw accessDenied(caller, service, access.action, access.resource, refusal);
  }

  /** Tells one observer of every decision from now on; what administrators do where no policy of a resource is, is none. */
  observeWith(observer: DecisionObserver): void {
    this.observer = observer;
  }

  /** The documents that bind each role now. */
  roles(): RoleDocuments[] {
    return this.store.allRoles().map((role) => documentsOfRole(this.store, role));
  }

  private observe(caller: Caller, access: Access, resourcePolicy: object | undefined, isAllowed: boolean): void {
    if (!this.observer) return;
    const { action, resource, context, isGranted } = access;
    const sessionPolicy = caller.kind === 'role' ? this.store.sessionPolicy(caller.arn) : undefined;
    const atMs = this.host.kernel.clock.now();
    const policies = { resourcePolicy: resourcePolicy as PolicyJson | undefined, sessionPolicy };
    this.observer({ caller, action, resource, context, isGranted, ...policies, atMs }, isAllowed);
  }

  private decision(caller: Caller, access: Access, document: object | undefined): Decision {
    const resourcePolicy = document && cachedPolicy(document, 'resource');
    if (this.revision !== this.store.revision) {
      this.decisions.clear();
      this.revision = this.store.revision;
    }
    const route = caller.via === undefined && !access.isGranted ? '' : `${caller.via} ${access.isGranted}`;
    const key = `${this.subject(caller, resourcePolicy)}\n${access.action}\n${access.resource}\n${route}`;
    const kept = this.decisions.get(key);
    if (kept && kept.resourcePolicy === resourcePolicy && !overridesFixedKey(access.context)) return kept;
    const { region, accountId, kernel } = this.host;
    const { resource, context, action } = access;
    const role = caller.kind === 'role' ? this.store.roleByArn(caller.roleArn) : undefined;
    const keys = new ConditionKeys({ caller, resource, region, accountId, context, role, nowMs: kernel.clock.now() });
    const policies = { ...this.policiesFor(caller, resourcePolicy), isGranted: access.isGranted };
    const refusal = decide(policies, { caller, action, resource, keys });
    const decision = { refusal, resourcePolicy };
    if (!keys.hasReadMovingKey) {
      if (this.decisions.size >= LIMIT_DECISIONS) this.decisions.clear();
      this.decisions.set(key, decision);
    }
    return decision;
  }

  /** Whose decision it is: all sessions of a role share theirs, unless a policy may tell them apart. */
  private subject(caller: Caller, resourcePolicy: Policy | undefined): string {
    if (caller.kind === 'service') return `${caller.principal} ${caller.sourceArn}`;
    if (caller.kind === 'user' || resourcePolicy || this.store.sessionPolicy(caller.arn)) return caller.arn;
    return caller.roleArn;
  }

  private policiesFor(caller: Caller, resource: Policy | undefined): PolicySet {
    const role = caller.kind === 'role' ? this.store.roleByArn(caller.roleArn) : undefined;
    if (caller.kind !== 'role' || !role) return { identity: [], resource };
    const session = this.store.sessionPolicy(caller.arn);
    return { ...policySetOfRole(this.store, role), session: session && cachedPolicy(session, 'identity'), resource };
  }
}
