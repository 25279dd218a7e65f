import type { Action } from '../../../wire/service';
import { invalidChangeSetStatus } from '../faults';
import type { ChangeSetInput } from './change-set-lookup';
import { readAccess, type Stacks, stackOf } from './stack-access';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteChangeSet.html; no such change set is no error. */
export function deleteChangeSet(stacks: Stacks): Action<ChangeSetInput> {
  return {
    access: readAccess(stacks, 'cloudformation:DeleteChangeSet'),
    handle: ({ ChangeSetName = '', StackName }) => {
      if (!ChangeSetName.startsWith('arn:')) stackOf(stacks.store, StackName);
      const changeSet = stacks.store.findChangeSet(ChangeSetName, StackName);
      if (changeSet?.executionStatus === 'EXECUTE_IN_PROGRESS') {
        throw invalidChangeSetStatus(
          `ChangeSet [${changeSet.changeSetId}] cannot be deleted in its current status of [EXECUTE_IN_PROGRESS]`,
        );
      }
      if (changeSet) stacks.store.removeChangeSet(changeSet.changeSetId);
      return {};
    },
  };
}
