/**
 * Owns what is set up in SES: identities, templates, configuration sets, the suppression list, and what was sent in the last
 * day. Mail itself is kept by the inbox.
 */
import { DurableMap } from '../../kernel/durable-map';
import type { Journal } from '../../kernel/journal';
import { canonical, domainOf } from './address';
import { notFound } from './faults';
import type { ConfigurationSet, EmailTemplate, EventDestination, Identity, SuppressedDestination } from './model';

const DAY_MS = 24 * 60 * 60 * 1000;

export class SesStore {
  private readonly identities: DurableMap<Identity>;
  private readonly templates: DurableMap<EmailTemplate>;
  private readonly sets: DurableMap<ConfigurationSet>;
  private readonly suppressed: DurableMap<SuppressedDestination>;
  /** Sendings by number, the oldest first. */
  private readonly sent: DurableMap<{ readonly atMs: number; readonly recipients: number }>;
  private lastSending: number;

  constructor(journal: Journal) {
    this.identities = new DurableMap(journal, 'ses.identities');
    this.templates = new DurableMap(journal, 'ses.templates');
    this.sets = new DurableMap(journal, 'ses.configurationSets');
    this.suppressed = new DurableMap(journal, 'ses.suppressedDestinations');
    this.sent = new DurableMap(journal, 'ses.sendings');
    this.lastSending = Number([...this.sent.keys()].at(-1) ?? 0);
  }

  findIdentity(name: string): Identity | undefined {
    return this.identities.get(identityKey(name));
  }

  /** Throws NotFoundException. */
  identity(name: string): Identity {
    const identity = this.findIdentity(name);
    if (!identity) throw notFound(`Email identity ${name} does not exist.`);
    return identity;
  }

  /** The identity that an address is sent under: its own, its domain's, or that of a domain above it. */
  identityCovering(address: string): Identity | undefined {
    const own = this.findIdentity(address);
    if (own) return own;
    const labels = domainOf(address).split('.');
    for (let first = 0; first < labels.length - 1; first++) {
      const found = this.identities.get(labels.slice(first).join('.'));
      if (found) return found;
    }
    return undefined;
  }

  allIdentities(): Identity[] {
    return sorted(this.identities);
  }

  putIdentity(identity: Identity): void {
    this.identities.set(identityKey(identity.name), identity);
  }

  setDefaultConfigurationSet(identity: Identity, name: string | undefined): void {
    identity.configurationSetName = name;
    this.identities.changed(identityKey(identity.name));
  }

  deleteIdentity(name: string): void {
    this.identities.delete(identityKey(name));
  }

  findTemplate(name: string): EmailTemplate | undefined {
    return this.templates.get(name);
  }

  /** Throws NotFoundException. */
  template(name: string): EmailTemplate {
    const template = this.templates.get(name);
    if (!template) throw notFound(`Template ${name} does not exist.`);
    return template;
  }

  allTemplates(): EmailTemplate[] {
    return sorted(this.templates);
  }

  putTemplate(template: EmailTemplate): void {
    this.templates.set(template.name, template);
  }

  deleteTemplate(name: string): void {
    this.templates.delete(name);
  }

  findConfigurationSet(name: string): ConfigurationSet | undefined {
    return this.sets.get(name);
  }

  /** Throws NotFoundException. */
  configurationSet(name: string): ConfigurationSet {
    const set = this.sets.get(name);
    if (!set) throw notFound(`Configuration set ${name} does not exist.`);
    return set;
  }

  allConfigurationSets(): ConfigurationSet[] {
    return sorted(this.sets);
  }

  putConfigurationSet(set: ConfigurationSet): void {
    this.sets.set(set.name, set);
  }

  changeConfigurationSet(
    set: ConfigurationSet,
    change: Partial<Pick<ConfigurationSet, 'isSendingEnabled' | 'suppressedReasons'>>,
  ): void {
    Object.assign(set, change);
    this.sets.changed(set.name);
  }

  putDestination(set: ConfigurationSet, destination: EventDestination): void {
    set.destinations.set(destination.Name, destination);
    this.sets.changed(set.name);
  }

  deleteDestination(set: ConfigurationSet, name: string): void {
    set.destinations.delete(name);
    this.sets.changed(set.name);
  }

  deleteConfigurationSet(name: string): void {
    this.sets.delete(name);
  }

  suppressedDestination(address: string): SuppressedDestination | undefined {
    return this.suppressed.get(canonical(address));
  }

  /** Newest first. */
  allSuppressedDestinations(): SuppressedDestination[] {
    return [...this.suppressed.values()].sort((a, b) => b.updatedAtMs - a.updatedAtMs);
  }

  suppress(destination: SuppressedDestination): void {
    this.suppressed.set(canonical(destination.address), destination);
  }

  unsuppress(address: string): void {
    this.suppressed.delete(canonical(address));
  }

  countSent(atMs: number, recipients: number): void {
    this.forgetSentBefore(atMs - DAY_MS);
    this.sent.set(String(++this.lastSending), { atMs, recipients });
  }

  /** Recipients of the last 24 hours. */
  sentLastDay(nowMs: number): number {
    this.forgetSentBefore(nowMs - DAY_MS);
    return [...this.sent.values()].reduce((sum, { recipients }) => sum + recipients, 0);
  }

  private forgetSentBefore(atMs: number): void {
    for (const [number, sending] of this.sent) {
      if (sending.atMs > atMs) return;
      this.sent.delete(number);
    }
  }
}

function identityKey(name: string): string {
  return name.includes('@') ? canonical(name) : name.toLowerCase();
}

function sorted<Item>(items: ReadonlyMap<string, Item>): Item[] {
  return [...items].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}
