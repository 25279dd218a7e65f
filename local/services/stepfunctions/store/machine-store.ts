import type { Journal, JournalCollection } from '../../../kernel/journal';
import type { AliasRecord, MachineRecord, Revision, Tag, VersionRecord } from '../model';
import { writable } from './writable';

/** State machines with their revisions. */
export class MachineStore {
  private readonly machines: Map<string, MachineRecord>;
  private readonly revisions: Map<string, Revision>;
  private readonly durableMachines: JournalCollection<MachineRecord>;
  private readonly durableRevisions: JournalCollection<Revision>;
  private revisionCount: number;

  constructor(journal: Journal) {
    this.durableMachines = journal.collection('states.machines');
    this.durableRevisions = journal.collection('states.revisions');
    this.machines = new Map(this.durableMachines.restored());
    this.revisions = new Map(this.durableRevisions.restored());
    this.revisionCount = Math.max(0, ...[...this.revisions.keys()].map(Number));
  }

  get(arn: string): MachineRecord | undefined {
    return this.machines.get(arn);
  }

  /** In the order of their creation. */
  all(): MachineRecord[] {
    return [...this.machines.values()];
  }

  revision(key: string): Revision {
    const revision = this.revisions.get(key);
    if (!revision) throw new Error(`the revision ${key} is not in the store`);
    return revision;
  }

  /** Adds an immutable revision and gives it its key. */
  addRevision(revision: Omit<Revision, 'key'>): Revision {
    const added = { ...revision, key: String(++this.revisionCount) };
    this.revisions.set(added.key, added);
    this.durableRevisions.put(added.key, added);
    return added;
  }

  add(machine: MachineRecord): void {
    this.machines.set(machine.arn, machine);
    this.keep(machine);
  }

  remove(arn: string): void {
    this.machines.delete(arn);
    this.durableMachines.delete(arn);
  }

  /** Lets a machine run another revision from now on. */
  setRevision(machine: MachineRecord, revisionKey: string): void {
    writable(machine).revisionKey = revisionKey;
    this.keep(machine);
  }

  /** Numbers are never given twice, also after a version was deleted. */
  addVersion(machine: MachineRecord, version: VersionRecord): void {
    const open = writable(machine);
    open.versions.push(version);
    open.lastVersion = version.number;
    this.keep(machine);
  }

  removeVersion(machine: MachineRecord, arn: string): void {
    writable(machine).versions = machine.versions.filter((version) => version.arn !== arn);
    this.keep(machine);
  }

  addAlias(machine: MachineRecord, alias: AliasRecord): void {
    writable(machine).aliases.push(alias);
    this.keep(machine);
  }

  changeAlias(
    machine: MachineRecord,
    alias: AliasRecord,
    change: Partial<Pick<AliasRecord, 'routes' | 'description'>>,
    atMs: number,
  ): void {
    Object.assign(writable(alias), change);
    writable(alias).updateDate = atMs;
    this.keep(machine);
  }

  removeAlias(machine: MachineRecord, name: string | undefined): void {
    writable(machine).aliases = machine.aliases.filter((alias) => alias.name !== name);
    this.keep(machine);
  }

  setTags(machine: MachineRecord, tags: Tag[]): void {
    writable(machine).tags = tags;
    this.keep(machine);
  }

  /** Which executions a machine has is known from them. */
  private keep(machine: MachineRecord): void {
    this.durableMachines.put(machine.arn, { ...machine, executions: [] });
  }
}
