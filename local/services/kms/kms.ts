import type { Host } from '../../wire/host';
import type { AwsManagedKeys } from './aws-managed-keys';
import {
  aliasNotFound,
  constraintBroken,
  disabled,
  invalidKeyUsage,
  invalidState,
  keyNotFound,
  notFound,
} from './faults';
import type { AliasRecord, KeyRecord, KeyUsage } from './model';
import type { KmsStore } from './store';

const KEY_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What the actions of KMS work with. */
export class Kms {
  constructor(
    readonly host: Host,
    readonly store: KmsStore,
    private readonly managed: AwsManagedKeys,
  ) {}

  now(): number {
    return this.host.kernel.clock.now();
  }

  aliasArn(name: string): string {
    return `arn:aws:kms:${this.host.region}:${this.host.accountId}:${name}`;
  }

  /** The key of a key id or key ARN. Throws NotFoundException. */
  key(identifier: unknown): KeyRecord {
    const text = required('keyId', identifier);
    const id = text.startsWith('arn:') ? (/:key\/([^/]+)$/.exec(text)?.[1] ?? '') : text;
    if (!KEY_ID.test(id)) throw notFound(`Invalid keyId '${text}'`);
    const arn = this.keyArn(id);
    const key = this.store.key(id);
    if (!key || (text.startsWith('arn:') && text !== arn)) throw keyNotFound(text.startsWith('arn:') ? text : arn);
    return key;
  }

  /** The key of a key id, key ARN, alias name or alias ARN. Throws NotFoundException. */
  keyOrAlias(identifier: unknown): KeyRecord {
    const name = aliasNameOf(identifier);
    return name === undefined ? this.key(identifier) : this.store.key(this.alias(name).keyId)!;
  }

  /** An alias by its name; one of AWS's own is made when it is first asked for. */
  alias(name: string): AliasRecord {
    const alias = this.store.alias(name) ?? this.managed.create(name);
    if (!alias) throw aliasNotFound(this.aliasArn(name));
    return alias;
  }

  keyArn(id: string): string {
    return `arn:aws:kms:${this.host.region}:${this.host.accountId}:key/${id}`;
  }
}

/** `alias/NAME` of an identifier that is an alias or an alias ARN. */
export function aliasNameOf(identifier: unknown): string | undefined {
  return /^(?:arn:[^:]*:kms:[^:]*:\d*:)?(alias\/.+)$/.exec(String(identifier))?.[1];
}

/** A text that a request must have. Throws ValidationException. */
export function required(member: string, value: unknown): string {
  if (typeof value !== 'string') throw constraintBroken(member, null, 'not be null');
  if (value === '') throw constraintBroken(member, '', 'have length greater than or equal to 1');
  return value;
}

/** Throws KMSInvalidStateException for a key that waits for its deletion. */
export function checkNotPending(key: KeyRecord): void {
  if (key.state === 'PendingDeletion') throw invalidState(`${key.arn} is pending deletion.`);
}

/** The same, and DisabledException for a disabled key. */
export function checkEnabled(key: KeyRecord): void {
  checkNotPending(key);
  if (key.state === 'Disabled') throw disabled(key.arn);
}

/** Throws unless the key is enabled and made for the operation. */
export function checkUsable(key: KeyRecord, usage: KeyUsage, operation: string): void {
  checkEnabled(key);
  if (key.usage !== usage) {
    throw invalidKeyUsage(`${key.arn} key usage is ${key.usage} which is not valid for ${operation}.`);
  }
}
