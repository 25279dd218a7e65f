import { deleteAll } from './delete-resources';
import { operationFailed, validationError, wrongState } from './faults';
import type { StackRecord } from './model';
import { reasonLine, stuckReason } from './outcome';
import type { Operation, StackInput } from './stack-operation';
import { actingCaller, beginOperation, enterStatus, recordEvent, type StackTools } from './stack-tools';
import { isUnderWay } from './store';

/** How a stack is deleted. */
export interface DeleteOptions extends Pick<StackInput, 'caller' | 'clientRequestToken' | 'roleArn'> {
  /** Logical ids that stay, of a stack that could not be deleted before. */
  readonly retainedResources?: readonly string[];
  /** Whether what cannot be deleted is left behind. */
  readonly isForced?: boolean;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteStack.html; no such stack is no error. */
export async function deleteStack(all: StackTools, stackName: string, options: DeleteOptions = {}): Promise<Operation> {
  const tools = beginOperation(all, options);
  const stack = tools.store.find(stackName);
  if (!stack || stack.status === 'DELETE_COMPLETE') return { stackId: stackName, done: Promise.resolve() };
  const { stackId } = stack;
  if (isUnderWay(stack.status)) {
    throw wrongState(stackName, stackId, stack.status, 'deleted');
  }
  checkDeletable(tools, stack, options);
  const roleArn = options.roleArn ?? stack.roleArn;
  actingCaller(tools, { roleArn });
  tools.store.change(stackId, { roleArn });
  tools.store.removeChangeSetsOf(stackId);
  enterStatus(tools, stack, 'DELETE_IN_PROGRESS', 'User Initiated');
  for (const logicalId of options.retainedResources ?? []) retain(tools, stack, logicalId);
  return { stackId, done: runDelete(tools, stack) };
}

function checkDeletable(tools: StackTools, stack: StackRecord, { retainedResources, isForced }: DeleteOptions): void {
  const { stackName, status, outputs } = stack;
  if (stack.terminationProtection) {
    throw validationError(`Stack [${stackName}] cannot be deleted while TerminationProtection is enabled`);
  }
  if ((retainedResources?.length || isForced) && status !== 'DELETE_FAILED') {
    throw validationError(
      `Invalid operation on stack [${stack.stackId}]. When you delete a stack, specify which resources to retain only when the stack is in the DELETE_FAILED state.`,
    );
  }
  for (const { exportName } of Object.values(outputs)) {
    const importers = exportName ? tools.store.importersOf(exportName) : [];
    if (importers.length === 0) continue;
    throw validationError(
      `Delete canceled. Cannot delete export ${exportName} as it is in use by ${importers.join(', ')}.`,
    );
  }
}

function retain(tools: StackTools, stack: StackRecord, logicalId: string): void {
  const resource = stack.resources[logicalId];
  if (!resource) return;
  const { physicalId, type } = resource;
  recordEvent(tools, stack, { logicalId, physicalId, type, status: 'DELETE_SKIPPED' });
  tools.store.removeResource(stack.stackId, logicalId);
}

/** Deletes what a stack has, which is at that already. Rejects with the operation's failure. */
export async function runDelete(tools: StackTools, stack: StackRecord): Promise<void> {
  let failures = await deleteAll(tools, stack, Object.values(stack.resources));
  while (tools.operation.isForced && failures.length > 0) {
    for (const { logicalId } of failures) tools.store.removeResource(stack.stackId, logicalId);
    failures = await deleteAll(tools, stack, Object.values(stack.resources));
  }
  if (failures.length === 0) {
    tools.store.settle(stack.stackId);
    tools.store.change(stack.stackId, { deletedAtMs: tools.host.kernel.clock.now() });
    enterStatus(tools, stack, 'DELETE_COMPLETE');
    return;
  }
  const reason = stuckReason(failures, 'delete');
  enterStatus(tools, stack, 'DELETE_FAILED', reason);
  throw operationFailed(stack.stackName, 'DELETE_FAILED', failures.map(reasonLine));
}
