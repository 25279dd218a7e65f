/**
 * Owns all state of EventBridge: buses, rules, and the deliveries under way, each change told to the journal. Compiled
 * patterns are kept beside the rules and can always be made from them again.
 */
import type { Journal, JournalCollection } from '../../kernel/journal';
import { PendingAttempts } from '../../kernel/pending-attempts';
import { busDoesNotExist, ruleDoesNotExist } from './faults';
import type { Bus, Delivery, Event, Rule } from './model';
import { compilePattern, type EventPredicate } from './pattern/compile-pattern';

/** The state of EventBridge. The default bus is always there. */
export class EventBridgeStore {
  readonly deliveries: PendingAttempts<Delivery>;
  private readonly buses = new Map<string, { bus: Bus; rules: Map<string, Rule> }>();
  private readonly predicates = new Map<string, EventPredicate>();
  private readonly busRecords: JournalCollection<Bus>;
  private readonly ruleRecords: JournalCollection<Rule>;

  constructor(journal: Journal) {
    this.busRecords = journal.collection('events.buses');
    this.ruleRecords = journal.collection('events.rules');
    this.deliveries = new PendingAttempts(journal, 'events.deliveries', ({ id }) => id);
    for (const [name, bus] of this.busRecords.restored()) this.buses.set(name, { bus, rules: new Map() });
    for (const [, rule] of this.ruleRecords.restored()) this.keepRule(rule);
  }

  /** Throws ResourceNotFoundException. */
  bus(name: string): Bus {
    return this.entry(name).bus;
  }

  findBus(name: string): Bus | undefined {
    return this.buses.get(name)?.bus;
  }

  busByArn(arn: string): Bus | undefined {
    const bus = this.findBus(arn.slice(arn.lastIndexOf('/') + 1));
    return bus?.arn === arn ? bus : undefined;
  }

  allBuses(): Bus[] {
    return [...this.buses.values()].map(({ bus }) => bus).sort(byName);
  }

  addBus(bus: Bus): void {
    this.buses.set(bus.name, { bus, rules: new Map() });
    this.busRecords.put(bus.name, bus);
  }

  deleteBus(name: string): void {
    this.buses.delete(name);
    this.busRecords.delete(name);
  }

  changeBus(bus: Bus, change: Partial<Pick<Bus, 'description' | 'policy'>>, nowMs: number): void {
    Object.assign(bus, change);
    bus.modifiedAtMs = nowMs;
    this.busRecords.put(bus.name, bus);
  }

  /** Throws ResourceNotFoundException for the bus or the rule. */
  rule(busName: string, name: string): Rule {
    const rule = this.findRule(busName, name);
    if (!rule) throw ruleDoesNotExist(name, busName);
    return rule;
  }

  findRule(busName: string, name: string): Rule | undefined {
    return this.entry(busName).rules.get(name);
  }

  rulesOf(busName: string): Rule[] {
    return [...this.entry(busName).rules.values()].sort(byName);
  }

  /** Adds a rule or replaces the one of that name. Throws InvalidEventPatternException. */
  putRule(rule: Rule): void {
    this.keepRule(rule);
    this.ruleRecords.put(rule.arn, rule);
  }

  /** When the schedule of a rule began: its beats are counted from then. */
  setScheduleStart(rule: Rule, atMs: number): void {
    rule.scheduleStartMs = atMs;
    this.ruleRecords.put(rule.arn, rule);
  }

  setRuleState(rule: Rule, state: Rule['state']): void {
    rule.state = state;
    this.ruleRecords.put(rule.arn, rule);
  }

  setTargets(rule: Rule, targets: Rule['targets']): void {
    rule.targets = targets;
    this.ruleRecords.put(rule.arn, rule);
  }

  deleteRule(rule: Rule): void {
    this.entry(rule.busName).rules.delete(rule.name);
    this.predicates.delete(rule.arn);
    this.ruleRecords.delete(rule.arn);
  }

  /** The enabled rules of a bus that an event matches. */
  matching(busName: string, event: Event): Rule[] {
    const rules = this.buses.get(busName)?.rules.values() ?? [];
    return [...rules].filter((rule) => rule.state === 'ENABLED' && this.predicates.get(rule.arn)?.(event));
  }

  private keepRule(rule: Rule): void {
    const { rules } = this.entry(rule.busName);
    if (rule.eventPattern !== undefined) this.predicates.set(rule.arn, compilePattern(rule.eventPattern));
    else this.predicates.delete(rule.arn);
    rules.set(rule.name, rule);
  }

  private entry(busName: string): { bus: Bus; rules: Map<string, Rule> } {
    const entry = this.buses.get(busName);
    if (!entry) throw busDoesNotExist(busName);
    return entry;
  }
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : 1;
}
