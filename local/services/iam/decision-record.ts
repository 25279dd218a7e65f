/**
 * Owns the memory of what was asked: each distinct request with the policies of its resource, whether it was allowed, and
 * how often. Kept only where somebody observes the authorizer: `npm run iam` and its tests.
 * Refuses to decide.
 */
import type { Caller } from '../../wire/caller';
import type { PolicyJson } from './model';

/** A request as it came before IAM: everything that a decision may depend on but the policies of roles. */
export interface AskedRequest {
  readonly caller: Caller;
  readonly action: string;
  readonly resource: string;
  /** Keys of this request alone. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
  /** A grant of the resource's own service allows it. */
  readonly isGranted?: boolean;
  /** The policy of the resource; of a role, its trust policy. */
  readonly resourcePolicy?: PolicyJson;
  /** What the caller's session was narrowed to. */
  readonly sessionPolicy?: PolicyJson;
  /** Milliseconds since the epoch. */
  readonly atMs: number;
}

/** A request that was made at least once. */
export interface RecordedRequest extends AskedRequest {
  readonly isAllowed: boolean;
  count: number;
}

/** Distinct requests, in the order in which they were first made. Sessions of one role count as one caller. */
export class DecisionRecord {
  private readonly byKey = new Map<string, RecordedRequest>();
  private readonly policyNumbers = new Map<string, number>();
  private readonly policyTexts = new WeakMap<object, number>();

  /** Adds a decision; an observer of the authorizer. */
  readonly add = (asked: AskedRequest, isAllowed: boolean): void => {
    const { caller, action, resource, context, isGranted, resourcePolicy, sessionPolicy } = asked;
    const who = caller.kind === 'service' ? [caller.principal, caller.sourceArn] : [callerArn(caller)];
    const policies = [resourcePolicy, sessionPolicy].map((policy) => policy && this.numberOf(policy));
    const key = JSON.stringify([who, caller.via, action, resource, context, isGranted, policies, isAllowed]);
    const known = this.byKey.get(key);
    if (known) known.count++;
    else this.byKey.set(key, { ...asked, isAllowed, count: 1 });
  };

  get requests(): readonly RecordedRequest[] {
    return [...this.byKey.values()];
  }

  private numberOf(policy: PolicyJson): number {
    const known = this.policyTexts.get(policy);
    if (known !== undefined) return known;
    const text = JSON.stringify(policy);
    const number = this.policyNumbers.get(text) ?? this.policyNumbers.size;
    this.policyNumbers.set(text, number);
    this.policyTexts.set(policy, number);
    return number;
  }
}

function callerArn(caller: Exclude<Caller, { kind: 'service' }>): string {
  return caller.kind === 'role' ? caller.roleArn : caller.arn;
}
