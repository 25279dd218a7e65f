import type { Action } from '../../../wire/service';
import { stackDoesNotExist } from '../faults';
import type { StackRecord } from '../model';
import { pageOf } from '../page';
import { parametersView } from './parameters-view';
import { readAccess, type Stacks } from './stack-access';

interface DescribeStacksInput {
  readonly StackName?: string;
  readonly NextToken?: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html */
export function describeStacks(stacks: Stacks): Action<DescribeStacksInput> {
  const { store } = stacks;
  return {
    access: readAccess(stacks, 'cloudformation:DescribeStacks'),
    handle: ({ StackName, NextToken: token }) => {
      if (StackName) {
        const stack = store.find(StackName);
        if (!stack) throw stackDoesNotExist(StackName);
        return { Stacks: [render(stack, stacks)] };
      }
      const live = store.all().filter(({ status }) => status !== 'DELETE_COMPLETE');
      const { items, NextToken } = pageOf(live, ({ stackId }) => stackId, token);
      return { Stacks: items.map((stack) => render(stack, stacks)), NextToken };
    },
  };
}

function render(stack: StackRecord, { store }: Stacks) {
  return {
    StackId: stack.stackId,
    StackName: stack.stackName,
    ChangeSetId: stack.changeSetId,
    Description: stack.status === 'REVIEW_IN_PROGRESS' ? undefined : stack.template.Description,
    CreationTime: new Date(stack.createdAtMs),
    LastUpdatedTime: stack.updatedAtMs === undefined ? undefined : new Date(stack.updatedAtMs),
    DeletionTime: stack.deletedAtMs === undefined ? undefined : new Date(stack.deletedAtMs),
    StackStatus: stack.status,
    StackStatusReason: stack.statusReason,
    DisableRollback: stack.disableRollback,
    EnableTerminationProtection: stack.terminationProtection,
    NotificationARNs: stack.notificationArns,
    Capabilities: stack.capabilities,
    RoleARN: stack.roleArn,
    RollbackConfiguration: {},
    DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
    Parameters: parametersView(stack),
    Tags: Object.entries(stack.tags).map(([Key, Value]) => ({ Key, Value })),
    Outputs: Object.entries(stack.outputs).map(([OutputKey, { value, description, exportName }]) => ({
      OutputKey,
      OutputValue: value,
      Description: description,
      ExportName: exportName,
    })),
    LastOperations: lastOperation(stack, store.eventsOf(stack.stackId).at(-1)?.operationId),
  };
}

function lastOperation({ status }: StackRecord, OperationId: string | undefined) {
  const kind = /^(CREATE|UPDATE|DELETE)_(?!ROLLBACK)/.exec(status)?.[1];
  const OperationType = `${kind ?? 'ROLLBACK'}_STACK`.replace('ROLLBACK_STACK', 'ROLLBACK');
  return OperationId === undefined || status === 'REVIEW_IN_PROGRESS' ? undefined : [{ OperationId, OperationType }];
}
