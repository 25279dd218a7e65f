import type { Host } from '../../wire/host';
import { managedPolicy } from './key-policies';
import type { AliasRecord } from './model';
import { newKey } from './new-key';
import type { KmsStore } from './store';

/** Services of the embedded AWS that encrypt with a key of their own when asked for `alias/aws/SERVICE`. */
const SERVICES = new Set(['dynamodb', 'lambda', 's3', 'secretsmanager', 'sns', 'sqs', 'ssm']);

const ROTATION_DAYS = 365;
const DAY_MS = 24 * 3600 * 1000;

/** The keys that AWS makes for its services when they are first used. */
export class AwsManagedKeys {
  constructor(
    private readonly host: Host,
    private readonly store: KmsStore,
  ) {}

  /** Makes the key of `alias/aws/SERVICE` and the alias; undefined for a name that is none of AWS's. */
  create(name: string): AliasRecord | undefined {
    const service = /^alias\/aws\/(\w+)$/.exec(name)?.[1];
    if (service === undefined || !SERVICES.has(service)) return undefined;
    const { kernel, region, accountId } = this.host;
    const atMs = kernel.clock.now();
    const id = kernel.random.uuid();
    const prefix = `arn:aws:kms:${region}:${accountId}`;
    const key = newKey(kernel, {
      id,
      arn: `${prefix}:key/${id}`,
      spec: 'SYMMETRIC_DEFAULT',
      manager: 'AWS',
      policy: managedPolicy(service, this.host),
      description: `Default key that protects my ${service} data when no other key is defined`,
      rotationPlan: { periodDays: ROTATION_DAYS, nextAtMs: atMs + ROTATION_DAYS * DAY_MS },
    });
    const alias = { name, arn: `${prefix}:${name}`, keyId: id, createdAtMs: atMs, updatedAtMs: atMs };
    this.store.addKey(key);
    this.store.putAlias(alias);
    return alias;
  }
}
