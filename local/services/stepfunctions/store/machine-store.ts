import type { AliasRecord, MachineRecord, Revision, Tag, VersionRecord } from '../model';
import { writable } from './writable';

/** State machines with their revisions. */
export class MachineStore {
  private readonly machines = new Map<string, MachineRecord>();
  private readonly revisions = new Map<string, Revision>();
  private revisionCount = 0;

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
    return added;
  }

  add(machine: MachineRecord): void {
    this.machines.set(machine.arn, machine);
  }

  remove(arn: string): void {
    this.machines.delete(arn);
  }

  /** Lets a machine run another revision from now on. */
  setRevision(machine: MachineRecord, revisionKey: string): void {
    writable(machine).revisionKey = revisionKey;
  }

  /** Numbers are never given twice, also after a version was deleted. */
  addVersion(machine: MachineRecord, version: VersionRecord): void {
    const open = writable(machine);
    open.versions.push(version);
    open.lastVersion = version.number;
  }

  removeVersion(machine: MachineRecord, arn: string): void {
    writable(machine).versions = machine.versions.filter((version) => version.arn !== arn);
  }

  addAlias(machine: MachineRecord, alias: AliasRecord): void {
    writable(machine).aliases.push(alias);
  }

  changeAlias(alias: AliasRecord, change: Partial<Pick<AliasRecord, 'routes' | 'description'>>, atMs: number): void {
    Object.assign(writable(alias), change);
    writable(alias).updateDate = atMs;
  }

  removeAlias(machine: MachineRecord, name: string | undefined): void {
    writable(machine).aliases = machine.aliases.filter((alias) => alias.name !== name);
  }

  setTags(machine: MachineRecord, tags: Tag[]): void {
    writable(machine).tags = tags;
  }
}
