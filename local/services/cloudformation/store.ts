import type { ChangeSetRecord } from './change-set/model';
import type { OutputRecord, ResourceRecord, StackEvent, StackRecord, StackStatus } from './model';

/** All state of the embedded CloudFormation: stacks by id, with their events. Deleted stacks stay readable by id. */
export class StackStore {
  private readonly stacks: Record<string, StackRecord> = {};
  private readonly events: Record<string, StackEvent[]> = {};
  private readonly changeSets: Record<string, ChangeSetRecord> = {};

  /** A live stack by name, or any by id. */
  find(nameOrId: string): StackRecord | undefined {
    if (Object.hasOwn(this.stacks, nameOrId)) return this.stacks[nameOrId];
    return Object.values(this.stacks).find(
      ({ stackName, status }) => stackName === nameOrId && status !== 'DELETE_COMPLETE',
    );
  }

  all(): StackRecord[] {
    return Object.values(this.stacks);
  }

  add(stack: StackRecord): void {
    this.stacks[stack.stackId] = stack;
    this.events[stack.stackId] = [];
  }

  /** Changes members of a stack; resources and outputs have methods of their own. */
  change(stackId: string, change: Partial<Omit<StackRecord, 'resources' | 'stackId' | 'stackName'>>): void {
    Object.assign(this.stack(stackId), change);
  }

  setStatus(stackId: string, status: StackStatus, reason?: string): void {
    Object.assign(this.stack(stackId), { status, statusReason: reason });
  }

  putResource(stackId: string, resource: ResourceRecord): void {
    this.stack(stackId).resources[resource.logicalId] = resource;
  }

  removeResource(stackId: string, logicalId: string): void {
    delete this.stack(stackId).resources[logicalId];
  }

  addEvent(event: StackEvent): void {
    this.events[event.stackId]!.push(event);
  }

  /** Events of a stack, oldest first. */
  eventsOf(stackId: string): readonly StackEvent[] {
    return this.events[stackId] ?? [];
  }

  addChangeSet(changeSet: ChangeSetRecord): void {
    this.changeSets[changeSet.changeSetId] = changeSet;
  }

  /** A change set by its id, or by its name and its stack's name or id. */
  findChangeSet(nameOrId: string, stackNameOrId?: string): ChangeSetRecord | undefined {
    if (Object.hasOwn(this.changeSets, nameOrId)) return this.changeSets[nameOrId];
    const stack = stackNameOrId === undefined ? undefined : this.find(stackNameOrId);
    return stack && this.changeSetsOf(stack.stackId).find(({ name }) => name === nameOrId);
  }

  /** The change sets of a stack, oldest first. */
  changeSetsOf(stackId: string): ChangeSetRecord[] {
    return Object.values(this.changeSets).filter((changeSet) => changeSet.stackId === stackId);
  }

  setExecutionStatus(changeSetId: string, executionStatus: ChangeSetRecord['executionStatus']): void {
    const changeSet = this.changeSets[changeSetId];
    if (changeSet) changeSet.executionStatus = executionStatus;
  }

  removeChangeSet(changeSetId: string): void {
    delete this.changeSets[changeSetId];
  }

  removeChangeSetsOf(stackId: string): void {
    for (const { changeSetId } of this.changeSetsOf(stackId)) this.removeChangeSet(changeSetId);
  }

  /** The output that is exported under a name, and its stack. */
  exported(name: string): { stack: StackRecord; output: OutputRecord } | undefined {
    for (const stack of this.all()) {
      if (stack.status === 'DELETE_COMPLETE') continue;
      const output = Object.values(stack.outputs).find(({ exportName }) => exportName === name);
      if (output) return { stack, output };
    }
    return undefined;
  }

  /** Names of live stacks that use an export. */
  importersOf(exportName: string): string[] {
    return this.all()
      .filter(({ status, imports }) => status !== 'DELETE_COMPLETE' && imports.includes(exportName))
      .map(({ stackName }) => stackName);
  }

  private stack(stackId: string): StackRecord {
    return this.stacks[stackId]!;
  }
}
