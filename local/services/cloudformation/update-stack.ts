import { cleanUp } from './delete-resources';
import { noUpdates, operationFailed, stackDoesNotExist, validationError, wrongState } from './faults';
import type { StackRecord } from './model';
import { applyWithOutputs, reasonLine, stuckReason } from './outcome';
import { type PreparedStack, prepareStack } from './prepare-stack';
import type { Operation, StackInput } from './stack-operation';
import { enterStatus, type StackTools } from './stack-tools';
import { changesAnything, retypedResources } from './template-changes';
import { undoChanges } from './undo-changes';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateStack.html */
export async function updateStack(tools: StackTools, input: StackInput): Promise<Operation> {
  const stack = tools.store.find(input.stackName);
  if (!stack) throw stackDoesNotExist(input.stackName);
  const { stackId } = stack;
  checkUpdatable(stack);
  const retyped = retypedResources(stack, input.template);
  if (retyped.length > 0) {
    throw validationError(
      'Update of resource type is not permitted. The new template modifies resource type of the following resources: ' +
        `[${retyped.join(', ')}]`,
    );
  }
  const parameters = { ...input.parameters };
  const prepared = await prepareStack(tools, stack, input.template, parameters);
  checkUpdatable(stack);
  const protection = input.terminationProtection ?? stack.terminationProtection;
  tools.store.change(stackId, { terminationProtection: protection });
  if (!changesAnything(stack, prepared, parameters, input.tags)) throw noUpdates();
  tools.store.change(stackId, { updatedAtMs: tools.host.kernel.clock.now() });
  enterStatus(tools, stack, 'UPDATE_IN_PROGRESS', 'User Initiated');
  const accept = { template: input.template, parameters, tags: { ...(input.tags ?? stack.tags) } };
  return { stackId, done: runUpdate(tools, stack, prepared, accept) };
}

async function runUpdate(
  tools: StackTools,
  stack: StackRecord,
  prepared: PreparedStack,
  accept: Pick<StackRecord, 'template' | 'parameters' | 'tags'>,
): Promise<void> {
  const before = { ...stack.resources };
  const { changes, reasons, summary } = await applyWithOutputs(tools, stack, prepared);
  if (reasons.length === 0) {
    tools.store.change(stack.stackId, accept);
    enterStatus(tools, stack, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
    await cleanUp(tools, stack, prepared, changes);
    enterStatus(tools, stack, 'UPDATE_COMPLETE');
    return;
  }
  enterStatus(tools, stack, 'UPDATE_ROLLBACK_IN_PROGRESS', summary);
  const stuck = await undoChanges(tools, stack, changes);
  // Resources that did not change have taken the new template's policies and order: back to the old ones.
  const stuckIds = new Set(stuck.map(({ logicalId }) => logicalId));
  for (const record of Object.values(before)) {
    if (!stuckIds.has(record.logicalId)) tools.store.putResource(stack.stackId, record);
  }
  const status = stuck.length === 0 ? 'UPDATE_ROLLBACK_COMPLETE' : 'UPDATE_ROLLBACK_FAILED';
  enterStatus(tools, stack, status, stuckReason(stuck, 'update'));
  throw operationFailed(stack.stackName, status, [...reasons, ...stuck.map(reasonLine)]);
}

function checkUpdatable({ stackName, stackId, status }: StackRecord): void {
  if (status.endsWith('_IN_PROGRESS') || status === 'ROLLBACK_COMPLETE' || status.endsWith('_FAILED')) {
    throw wrongState(stackName, stackId, status, 'updated');
  }
}
