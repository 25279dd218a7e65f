/**
 * Owns all state of KMS: keys with their material, and aliases. Time and randomness are handed in; nothing outside changes
 * a record.
 *
 * Invariants
 * 1. A key whose deletion has come is gone, with its aliases, before anybody looks.
 * 2. Material is only ever added: what was encrypted before a rotation stays readable.
 * 3. Automatic rotations take place at their time while the key is enabled; the one that fell due meanwhile when it is
 *    enabled again. https://docs.aws.amazon.com/kms/latest/developerguide/rotating-keys-enable-disable.html
 */
import { DurableMap } from '../../kernel/durable-map';
import type { Journal } from '../../kernel/journal';
import type { Kernel } from '../../kernel/kernel';
import type { AliasRecord, KeyRecord, KeyState } from './model';

const DAY_MS = 24 * 3600 * 1000;
const SYMMETRIC_BYTES = 32;

/** What an action may change of a key. */
export type KeyChange = Partial<
  Pick<KeyRecord, 'description' | 'policy' | 'tags' | 'grants' | 'rotationPlan' | 'deletionAtMs'>
>;

/** The state of KMS. */
export class KmsStore {
  private readonly keys: Map<string, KeyRecord>;
  private readonly aliases: Map<string, AliasRecord>;

  constructor(
    private readonly kernel: Kernel,
    journal: Journal,
  ) {
    this.keys = new DurableMap(journal, 'kms.keys');
    this.aliases = new DurableMap(journal, 'kms.aliases');
  }

  /** A key by its id, with the rotations that have fallen due. */
  key(id: string): KeyRecord | undefined {
    const key = this.keys.get(id);
    if (!key) return undefined;
    if (key.deletionAtMs !== undefined && key.deletionAtMs <= this.now()) {
      this.keys.delete(id);
      for (const alias of this.aliasesOf(id)) this.aliases.delete(alias.name);
      return undefined;
    }
    return this.rotated(key);
  }

  keyByArn(arn: string): KeyRecord | undefined {
    const key = this.key(arn.slice(arn.lastIndexOf('/') + 1));
    return key?.arn === arn ? key : undefined;
  }

  /** In order of their ids. */
  allKeys(): KeyRecord[] {
    return [...this.keys.keys()].sort().flatMap((id) => this.key(id) ?? []);
  }

  addKey(key: KeyRecord): void {
    this.keys.set(key.id, key);
  }

  change(key: KeyRecord, change: KeyChange): KeyRecord {
    const changed = { ...key, ...change };
    this.keys.set(key.id, changed);
    return changed;
  }

  /** Sets the state; a rotation that fell due while the key was not enabled takes place when it is again. */
  setState(key: KeyRecord, state: KeyState, deletionAtMs?: number): KeyRecord {
    const changed = this.rotated({ ...key, state, deletionAtMs }, this.now());
    this.keys.set(key.id, changed);
    return changed;
  }

  rotateNow(key: KeyRecord): void {
    this.keys.set(key.id, this.withMaterial(key, this.now(), 'ON_DEMAND'));
  }

  alias(name: string): AliasRecord | undefined {
    const alias = this.aliases.get(name);
    return alias && this.key(alias.keyId) ? alias : undefined;
  }

  /** In order of their names. */
  allAliases(): AliasRecord[] {
    return [...this.aliases.keys()].sort().flatMap((name) => this.alias(name) ?? []);
  }

  aliasesOf(keyId: string): AliasRecord[] {
    return [...this.aliases.values()].filter((alias) => alias.keyId === keyId);
  }

  putAlias(alias: AliasRecord): void {
    this.aliases.set(alias.name, alias);
  }

  removeAlias(name: string): void {
    this.aliases.delete(name);
  }

  /** Carries out the automatic rotations that are due, dated by the plan, or by `lateAtMs` when that is later. */
  private rotated(key: KeyRecord, lateAtMs?: number): KeyRecord {
    let current = key;
    while (current.state === 'Enabled' && current.rotationPlan && current.rotationPlan.nextAtMs <= this.now()) {
      const { nextAtMs, periodDays } = current.rotationPlan;
      const atMs = Math.max(nextAtMs, lateAtMs ?? nextAtMs);
      const rotationPlan = { periodDays, nextAtMs: atMs + periodDays * DAY_MS };
      current = { ...this.withMaterial(current, atMs, 'AUTOMATIC'), rotationPlan };
    }
    if (current !== key) this.keys.set(key.id, current);
    return current;
  }

  private withMaterial(key: KeyRecord, atMs: number, type: 'AUTOMATIC' | 'ON_DEMAND'): KeyRecord {
    const material = [...key.material, this.kernel.random.bytes(SYMMETRIC_BYTES)];
    return { ...key, material, rotations: [...key.rotations, { atMs, type }] };
  }

  private now(): number {
    return this.kernel.clock.now();
  }
}
