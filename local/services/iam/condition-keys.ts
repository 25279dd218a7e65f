import type { Caller } from '../../wire/caller';

/** What a decision is about, as condition keys and policy variables see it. */
export interface KeySource {
  readonly caller: Caller;
  readonly resource: string;
  readonly region: string;
  readonly accountId: string;
  readonly nowMs: number;
  /** The unique id and the tags of the caller's role. */
  readonly role?: { readonly roleId: string; readonly tags: Readonly<Record<string, string>> };
  /** Keys of this request alone, such as `iam:PassedToService`. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

type KeyReader = (source: KeySource) => string | undefined;

/** Keys whose value follows from caller, action and resource, so that a decision that read only these can be kept. */
const FIXED_KEYS: Readonly<Record<string, KeyReader>> = {
  'aws:principalarn': ({ caller }) =>
    caller.kind === 'service' ? undefined : caller.kind === 'role' ? caller.roleArn : caller.arn,
  'aws:principalaccount': ({ caller }) => (caller.kind === 'service' ? undefined : caller.accountId),
  'aws:principaltype': ({ caller }) =>
    caller.kind === 'service' ? undefined : caller.kind === 'role' ? 'AssumedRole' : 'User',
  'aws:principalisawsservice': ({ caller }) => String(caller.kind === 'service'),
  'aws:principalservicename': ({ caller }) => (caller.kind === 'service' ? caller.principal : undefined),
  'aws:username': ({ caller }) => (caller.kind === 'user' ? caller.arn.split('/').pop() : undefined),
  'aws:sourcearn': ({ caller }) => (caller.kind === 'service' ? caller.sourceArn || undefined : undefined),
  'aws:sourceaccount': ({ caller }) => (caller.kind === 'service' ? caller.accountId : undefined),
  'aws:resourceaccount': ({ resource, accountId }) => resource.split(':')[4] || accountId,
  'aws:requestedregion': ({ region }) => region,
  // Calls never leave the machine: they count as made over TLS, so that policies which demand it hold.
  'aws:securetransport': () => 'true',
  'aws:viaawsservice': ({ caller }) => String(caller.via !== undefined),
  'aws:sourceip': ({ caller }) => (caller.kind === 'service' ? undefined : '127.0.0.1'),
};

const MOVING_KEYS: Readonly<Record<string, KeyReader>> = {
  'aws:currenttime': ({ nowMs }) => new Date(nowMs).toISOString(),
  'aws:epochtime': ({ nowMs }) => String(Math.floor(nowMs / 1000)),
  'aws:userid': ({ caller, role }) =>
    role && caller.kind === 'role' ? `${role.roleId}:${caller.arn.split('/').pop()}` : undefined,
};

/** Whether a request brings a key of its own for one that otherwise follows from caller, action and resource. */
export function overridesFixedKey(context: Readonly<Record<string, unknown>> | undefined): boolean {
  for (const key in context) if (Object.hasOwn(FIXED_KEYS, key.toLowerCase())) return true;
  return false;
}

const PRINCIPAL_TAG = 'aws:principaltag/';

function tagReader(name: string): KeyReader {
  return ({ role }) =>
    Object.entries(role?.tags ?? {}).find(([tag]) => PRINCIPAL_TAG + tag.toLowerCase() === name)?.[1];
}

/**
 * The condition keys of one request, by name without regard to case.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export class ConditionKeys {
  /** Whether a key was read that another request for the same action and resource may have otherwise. */
  hasReadMovingKey = false;
  private readonly context: ReadonlyMap<string, readonly string[]>;

  constructor(private readonly source: KeySource) {
    const entries = Object.entries(source.context ?? {});
    this.context = new Map(
      entries.map(([key, value]) => [key.toLowerCase(), typeof value === 'string' ? [value] : value]),
    );
  }

  /** The values of a key; undefined when the request does not have it. */
  get(key: string): readonly string[] | undefined {
    const name = key.toLowerCase();
    const given = this.context.get(name);
    const fixed = name.startsWith(PRINCIPAL_TAG) ? tagReader(name) : FIXED_KEYS[name];
    if (given || !fixed) this.hasReadMovingKey = true;
    if (given) return given;
    const value = (fixed ?? MOVING_KEYS[name])?.(this.source);
    return value === undefined ? undefined : [value];
  }
}
