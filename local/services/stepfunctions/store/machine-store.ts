import type { MachineRecord, Revision } from '../model';

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
}
