import type { Action } from '../../../wire/service';
import { stackDoesNotExist } from '../faults';
import type { StackRecord } from '../model';
import type { StackStore } from '../store';
import { readAccess } from './stack-access';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html; all on one page. */
export function describeStacks(store: StackStore): Action {
  return {
    access: readAccess(store, 'cloudformation:DescribeStacks'),
    handle: ({ StackName }: { StackName?: string }) => {
      if (!StackName) return { Stacks: store.all().filter(isLive).map(render) };
      const stack = store.find(StackName);
      if (!stack) throw stackDoesNotExist(StackName);
      return { Stacks: [render(stack)] };
    },
  };
}

function isLive({ status }: StackRecord): boolean {
  return status !== 'DELETE_COMPLETE';
}

function render(stack: StackRecord) {
  return {
    StackId: stack.stackId,
    StackName: stack.stackName,
    Description: stack.template.Description,
    CreationTime: new Date(stack.createdAtMs),
    LastUpdatedTime: stack.updatedAtMs === undefined ? undefined : new Date(stack.updatedAtMs),
    DeletionTime: stack.deletedAtMs === undefined ? undefined : new Date(stack.deletedAtMs),
    StackStatus: stack.status,
    StackStatusReason: stack.statusReason,
    DisableRollback: false,
    EnableTerminationProtection: stack.terminationProtection,
    NotificationARNs: [],
    Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
    DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
    Parameters: Object.entries(stack.parameters).map(([ParameterKey, ParameterValue]) => ({
      ParameterKey,
      ParameterValue,
    })),
    Tags: Object.entries(stack.tags).map(([Key, Value]) => ({ Key, Value })),
    Outputs: Object.entries(stack.outputs).map(([OutputKey, { value, description, exportName }]) => ({
      OutputKey,
      OutputValue: value,
      Description: description,
      ExportName: exportName,
    })),
  };
}
