import { deleteAll } from './delete-resources';
import { operationFailed, validationError, wrongState } from './faults';
import type { StackRecord } from './model';
import { reasonLine, stuckReason } from './outcome';
import type { Operation } from './stack-operation';
import { enterStatus, type StackTools } from './stack-tools';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteStack.html; no such stack is no error. */
export async function deleteStack(tools: StackTools, stackName: string): Promise<Operation> {
  const stack = tools.store.find(stackName);
  if (!stack || stack.status === 'DELETE_COMPLETE') return { stackId: stackName, done: Promise.resolve() };
  const { stackId } = stack;
  if (stack.status.endsWith('_IN_PROGRESS')) throw wrongState(stackName, stackId, stack.status, 'deleted');
  if (stack.terminationProtection) {
    throw validationError(`Stack [${stackName}] cannot be deleted while TerminationProtection is enabled`);
  }
  for (const { exportName } of Object.values(stack.outputs)) {
    const importers = exportName ? tools.store.importersOf(exportName) : [];
    if (importers.length > 0) {
      throw validationError(
        `Delete canceled. Cannot delete export ${exportName} as it is in use by ${importers.join(', ')}.`,
      );
    }
  }
  enterStatus(tools, stack, 'DELETE_IN_PROGRESS', 'User Initiated');
  return { stackId, done: runDelete(tools, stack) };
}

async function runDelete(tools: StackTools, stack: StackRecord): Promise<void> {
  const failures = await deleteAll(tools, stack, Object.values(stack.resources));
  if (failures.length === 0) {
    tools.store.change(stack.stackId, { deletedAtMs: tools.host.kernel.clock.now() });
    enterStatus(tools, stack, 'DELETE_COMPLETE');
    return;
  }
  const reason = stuckReason(failures, 'delete');
  enterStatus(tools, stack, 'DELETE_FAILED', reason);
  throw operationFailed(stack.stackName, 'DELETE_FAILED', failures.map(reasonLine));
}
