import type { ChangeSetRecord } from '../change-set/model';
import { changeSetNotFound } from '../faults';
import type { StackStore } from '../store';
import { stackOf } from './stack-access';

/** How requests name a change set: by its id, or by its name and its stack. */
export interface ChangeSetInput {
  readonly ChangeSetName?: string;
  readonly StackName?: string;
}

/** The change set of a request; throws ChangeSetNotFound, or ValidationError when there is not even the stack. */
export function changeSetOf(store: StackStore, { ChangeSetName = '', StackName }: ChangeSetInput): ChangeSetRecord {
  if (!ChangeSetName.startsWith('arn:')) stackOf(store, StackName);
  const changeSet = store.findChangeSet(ChangeSetName, StackName);
  if (!changeSet) throw changeSetNotFound(ChangeSetName);
  return changeSet;
}

/** What lists and descriptions of change sets have in common. */
export function summaryOf(changeSet: ChangeSetRecord) {
  return {
    ChangeSetId: changeSet.changeSetId,
    ChangeSetName: changeSet.name,
    StackId: changeSet.stackId,
    StackName: changeSet.stackName,
    Description: changeSet.description,
    CreationTime: new Date(changeSet.createdAtMs),
    Status: changeSet.status,
    StatusReason: changeSet.statusReason,
    ExecutionStatus: changeSet.executionStatus,
    IncludeNestedStacks: false,
    ImportExistingResources: false,
  };
}
