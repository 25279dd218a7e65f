import type { StackRecord } from './model';
import { reasonLine, stuckReason } from './outcome';
import { enterStatus, type StackTools } from './stack-tools';
import { removeCreated, revertChanges, undoCreation } from './undo-changes';

/** How a way back ended: the stack's status, and what could not be taken back, one line for each resource. */
export interface RolledBack {
  readonly status: StackRecord['status'];
  readonly stuck: readonly string[];
}

/**
 * Takes an operation back. What cannot be taken back stays with the stack for another try; resources that the operation skips are taken
 * as they are.
 */
export function rollBack(tools: StackTools, stack: StackRecord, reason: string): Promise<RolledBack> {
  enterStatus(
    tools,
    stack,
    stack.undo?.of === 'CREATE' ? 'ROLLBACK_IN_PROGRESS' : 'UPDATE_ROLLBACK_IN_PROGRESS',
    reason,
  );
  return continueRollBack(tools, stack);
}

/** Goes on with a way back, which the stack is at already. */
export function continueRollBack(tools: StackTools, stack: StackRecord): Promise<RolledBack> {
  return stack.status === 'ROLLBACK_IN_PROGRESS' ? rollCreationBack(tools, stack) : rollUpdateBack(tools, stack);
}

async function rollCreationBack(tools: StackTools, stack: StackRecord): Promise<RolledBack> {
  const stuck = await undoCreation(tools, stack);
  tools.store.settle(stack.stackId);
  const status = stuck.length === 0 ? 'ROLLBACK_COMPLETE' : 'ROLLBACK_FAILED';
  enterStatus(tools, stack, status, stuckReason(stuck, 'delete'));
  return { status, stuck: stuck.map(reasonLine) };
}

async function rollUpdateBack(tools: StackTools, stack: StackRecord): Promise<RolledBack> {
  const skipped = new Set(tools.operation.skipped);
  const stuck = await revertChanges(tools, stack, skipped);
  if (stuck.length > 0) {
    enterStatus(tools, stack, 'UPDATE_ROLLBACK_FAILED', stuckReason(stuck, 'update'));
    return { status: 'UPDATE_ROLLBACK_FAILED', stuck: stuck.map(reasonLine) };
  }
  // Resources that did not change have taken the new template's policies and order: back to the old ones.
  for (const record of Object.values(stack.undo?.before ?? {})) {
    if (!skipped.has(record.logicalId)) tools.store.putResource(stack.stackId, record);
  }
  enterStatus(tools, stack, 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
  await finishRollBack(tools, stack);
  return { status: 'UPDATE_ROLLBACK_COMPLETE', stuck: [] };
}

/** Ends the way back of an update that has only to clean up, which its stack is at already. */
export async function finishRollBack(tools: StackTools, stack: StackRecord): Promise<void> {
  await removeCreated(tools, stack);
  tools.store.settle(stack.stackId);
  enterStatus(tools, stack, 'UPDATE_ROLLBACK_COMPLETE');
}
