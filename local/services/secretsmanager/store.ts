/**
 * Owns all state of Secrets Manager: secrets by ARN. A change is a new record; it is told to the journal in the same call.
 */
import type { Journal, JournalCollection } from '../../kernel/journal';
import type { Secret } from './model';

/** The state of Secrets Manager. */
export class SecretStore {
  private readonly secrets = new Map<string, Secret>();
  private readonly arnByName = new Map<string, string>();
  private readonly records: JournalCollection<Secret>;
  /** Parsed once: IAM keeps its decisions for as long as it is given the same object. */
  private readonly policies = new Map<string, { readonly text: string; readonly policy: object }>();

  constructor(journal: Journal) {
    this.records = journal.collection('secretsmanager.secrets');
    for (const [, secret] of this.records.restored()) this.place(secret);
  }

  /** A secret by its name, its ARN, or its ARN without the six characters at its end. */
  find(id: string): Secret | undefined {
    const exact = this.secrets.get(id) ?? this.secrets.get(this.arnByName.get(id) ?? '');
    if (exact || !id.startsWith('arn:')) return exact;
    const name = id.split(':secret:')[1] ?? '';
    const partial = this.secrets.get(this.arnByName.get(name) ?? '');
    return partial?.arn.slice(0, -7) === id ? partial : undefined;
  }

  all(): Secret[] {
    return [...this.secrets.values()];
  }

  put(secret: Secret): void {
    this.place(secret);
    this.records.put(secret.arn, secret);
  }

  remove(secret: Secret): void {
    this.secrets.delete(secret.arn);
    this.arnByName.delete(secret.name);
    this.policies.delete(secret.arn);
    this.records.delete(secret.arn);
  }

  policyOf(arn: string): object | undefined {
    const text = this.secrets.get(arn)?.policy;
    if (text === undefined) return undefined;
    const kept = this.policies.get(arn);
    if (kept?.text === text) return kept.policy;
    const policy: object = JSON.parse(text);
    this.policies.set(arn, { text, policy });
    return policy;
  }

  private place(secret: Secret): void {
    this.secrets.set(secret.arn, secret);
    this.arnByName.set(secret.name, secret.arn);
  }
}
