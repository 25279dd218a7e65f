import type { Caller } from '../../../wire/caller';
import { createStack } from '../create-stack';
import { invalidChangeSetStatus } from '../faults';
import type { Operation } from '../stack-operation';
import type { StackTools } from '../stack-tools';
import { updateStack } from '../update-stack';
import type { ChangeSetRecord } from './model';

/** How a change set is carried out. */
export interface ExecuteOptions {
  readonly caller?: Caller;
  readonly clientRequestToken?: string;
  readonly disableRollback?: boolean;
}

/**
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ExecuteChangeSet.html. The stack's other change sets go with its
 * beginning, as on AWS: they were made for the stack as it was.
 */
export async function executeChangeSet(
  tools: StackTools,
  changeSet: ChangeSetRecord,
  options: ExecuteOptions,
): Promise<Operation> {
  const { changeSetId, stackId, stackName, executionStatus, status } = changeSet;
  if (executionStatus !== 'AVAILABLE') {
    throw invalidChangeSetStatus(
      `ChangeSet [${changeSetId}] cannot be executed in its current status of [${status === 'FAILED' ? 'FAILED' : executionStatus}]`,
    );
  }
  tools.store.setExecutionStatus(changeSetId, 'EXECUTE_IN_PROGRESS');
  const operate = changeSet.type === 'CREATE' ? createStack : updateStack;
  const input = {
    stackName,
    template: changeSet.template,
    templateBody: changeSet.templateBody,
    parameters: changeSet.parameters,
    tags: changeSet.tags,
    capabilities: changeSet.capabilities,
    notificationArns: changeSet.notificationArns,
    roleArn: changeSet.roleArn,
    onFailure: changeSet.onStackFailure,
    changeSetId,
    ...options,
  };
  const operation = await operate(tools, input).catch((error) => {
    tools.store.setExecutionStatus(changeSetId, 'AVAILABLE');
    throw error;
  });
  for (const other of tools.store.changeSetsOf(stackId)) {
    if (other !== changeSet) tools.store.removeChangeSet(other.changeSetId);
  }
  const done = operation.done.then(
    () => tools.store.setExecutionStatus(changeSetId, 'EXECUTE_COMPLETE'),
    (error) => {
      tools.store.setExecutionStatus(changeSetId, 'EXECUTE_FAILED');
      throw error;
    },
  );
  return { stackId, done };
}
