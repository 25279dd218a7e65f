import type { Timer } from '../../kernel/clock';
import type { Host } from '../../wire/host';
import type { Access } from '../../wire/service';
import { invalidParameter, markedForDeletion, secretNotFound } from './faults';
import type { Secret } from './model';
import { Rotator } from './rotator';
import { SecretStore } from './store';

/** The characters that end the ARN of a secret that is not there. */
const ANY_SUFFIX = '??????';

/** What every action of Secrets Manager works with. */
export class SecretsManager {
  readonly store: SecretStore;
  readonly rotator: Rotator;
  private readonly removals = new Map<string, Timer>();

  constructor(readonly host: Host) {
    this.store = new SecretStore(host.journal);
    this.rotator = new Rotator(this);
  }

  now(): number {
    return this.host.kernel.clock.now();
  }

  /** The secret of a request, also one that is marked for deletion. Throws ResourceNotFoundException. */
  anySecret(id: string | undefined): Secret {
    if (!id) throw invalidParameter('You must provide a value for the SecretId parameter.');
    const secret = this.store.find(id);
    if (!secret) throw secretNotFound();
    return secret;
  }

  /** The secret of a request. Throws ResourceNotFoundException, InvalidRequestException when it is marked for deletion. */
  secret(id: string | undefined): Secret {
    const secret = this.anySecret(id);
    if (secret.goneAtMs !== undefined) throw markedForDeletion();
    return secret;
  }

  /** The access of an action on the secret of a request. */
  accessOn(action: string): (input: { SecretId?: string }) => Access[] {
    return ({ SecretId = '' }) => [this.access(action, SecretId)];
  }

  access(action: string, id: string, context: Record<string, string> = {}): Access {
    const secret = this.store.find(id);
    const resource = secret?.arn ?? (id.startsWith('arn:') ? id : `${this.arnPrefix()}${id}-${ANY_SUFFIX}`);
    const tags = Object.entries(secret?.tags ?? {}).map(([key, value]) => [`secretsmanager:ResourceTag/${key}`, value]);
    const keys = { 'secretsmanager:SecretId': resource, ...Object.fromEntries(tags), ...context };
    return { action: `secretsmanager:${action}`, resource, context: keys };
  }

  /** What stands before the name in the ARN of a secret. */
  arnPrefix(): string {
    return `arn:aws:secretsmanager:${this.host.region}:${this.host.accountId}:secret:`;
  }

  /** Removes a secret for good when its recovery window is over. */
  planRemoval(secret: Secret): void {
    this.removals.get(secret.arn)?.cancel();
    this.removals.delete(secret.arn);
    if (secret.goneAtMs === undefined) return;
    const removal = this.host.kernel.clock.schedule(secret.goneAtMs, () => this.store.remove(secret));
    this.removals.set(secret.arn, removal);
  }

  resume(): void {
    for (const secret of this.store.all()) this.planRemoval(secret);
    this.rotator.resume();
  }

  stop(): void {
    for (const removal of this.removals.values()) removal.cancel();
    this.rotator.stop();
  }
}
