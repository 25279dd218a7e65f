import { DurableMap } from '../../kernel/durable-map';
import type { Journal, JournalCollection } from '../../kernel/journal';
import type { ChangeSetRecord } from './change-set/model';
import type { OperationContext, OutputRecord, ResourceRecord, StackEvent, StackRecord, StackStatus } from './model';
import { OpenWork } from './open-work';

/**
 * All state of the embedded CloudFormation: stacks by id, with their events. Deleted stacks stay readable by id. The journal has
 * stacks without their resources, each resource, and each event by its number.
 */
export class StackStore {
  readonly work: OpenWork;
  private readonly stacks: Record<string, StackRecord> = {};
  private readonly events: Record<string, StackEvent[]> = {};
  private readonly changeSets: DurableMap<ChangeSetRecord>;
  private readonly durableStacks: JournalCollection<StackRecord>;
  private readonly durableResources: JournalCollection<ResourceRecord>;
  private readonly durableEvents: JournalCollection<StackEvent>;

  constructor(journal: Journal) {
    this.durableStacks = journal.collection('cloudformation.stacks');
    this.durableResources = journal.collection('cloudformation.resources');
    this.durableEvents = journal.collection('cloudformation.events');
    this.changeSets = new DurableMap(journal, 'cloudformation.changeSets');
    this.work = new OpenWork(journal);
    for (const [stackId, stack] of this.durableStacks.restored()) {
      this.stacks[stackId] = stack;
      this.events[stackId] = [];
    }
    for (const [key, resource] of this.durableResources.restored()) {
      this.stack(key.slice(0, key.indexOf('\n'))).resources[resource.logicalId] = resource;
    }
    for (const [, event] of this.durableEvents.restored()) this.events[event.stackId]!.push(event);
  }

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
    this.keep(stack.stackId);
    for (const resource of Object.values(stack.resources)) this.putResource(stack.stackId, resource);
  }

  /** Changes members of a stack; resources and outputs have methods of their own. */
  change(stackId: string, change: Partial<Omit<StackRecord, 'resources' | 'stackId' | 'stackName'>>): void {
    Object.assign(this.stack(stackId), change);
    this.keep(stackId);
  }

  /** Sets the status; `operation` stays with the stack while it is under way. */
  setStatus(stackId: string, status: StackStatus, reason: string | undefined, operation: OperationContext): void {
    const change = { status, statusReason: reason, operation: isUnderWay(status) ? operation : undefined };
    Object.assign(this.stack(stackId), change);
    this.keep(stackId);
  }

  /** The operation has come to its end: there is nothing to take back any more. */
  settle(stackId: string): void {
    this.work.removeChangesOf(stackId);
    this.change(stackId, { undo: undefined });
  }

  putResource(stackId: string, resource: ResourceRecord): void {
    this.stack(stackId).resources[resource.logicalId] = resource;
    this.durableResources.put(`${stackId}\n${resource.logicalId}`, resource);
  }

  removeResource(stackId: string, logicalId: string): void {
    delete this.stack(stackId).resources[logicalId];
    this.durableResources.delete(`${stackId}\n${logicalId}`);
  }

  addEvent(event: StackEvent): void {
    const events = this.events[event.stackId]!;
    events.push(event);
    this.durableEvents.put(`${event.stackId}\n${events.length}`, event);
  }

  /** Events of a stack, oldest first. */
  eventsOf(stackId: string): readonly StackEvent[] {
    return this.events[stackId] ?? [];
  }

  addChangeSet(changeSet: ChangeSetRecord): void {
    this.changeSets.set(changeSet.changeSetId, changeSet);
  }

  /** A change set by its id, or by its name and its stack's name or id. */
  findChangeSet(nameOrId: string, stackNameOrId?: string): ChangeSetRecord | undefined {
    const byId = this.changeSets.get(nameOrId);
    if (byId) return byId;
    const stack = stackNameOrId === undefined ? undefined : this.find(stackNameOrId);
    return stack && this.changeSetsOf(stack.stackId).find(({ name }) => name === nameOrId);
  }

  /** The change sets of a stack, oldest first. */
  changeSetsOf(stackId: string): ChangeSetRecord[] {
    return [...this.changeSets.values()].filter((changeSet) => changeSet.stackId === stackId);
  }

  setExecutionStatus(changeSetId: string, executionStatus: ChangeSetRecord['executionStatus']): void {
    const changeSet = this.changeSets.get(changeSetId);
    if (!changeSet) return;
    changeSet.executionStatus = executionStatus;
    this.changeSets.changed(changeSetId);
  }

  removeChangeSet(changeSetId: string): void {
    this.changeSets.delete(changeSetId);
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

  /** Change sets whose execution has not ended. */
  executingChangeSets(): ChangeSetRecord[] {
    return [...this.changeSets.values()].filter(({ executionStatus }) => executionStatus === 'EXECUTE_IN_PROGRESS');
  }

  private keep(stackId: string): void {
    this.durableStacks.put(stackId, { ...this.stack(stackId), resources: {} });
  }

  private stack(stackId: string): StackRecord {
    return this.stacks[stackId]!;
  }
}

/** Whether an operation works on a stack of this status. */
export function isUnderWay(status: StackStatus): boolean {
  return status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS';
}
