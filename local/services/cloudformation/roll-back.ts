import type { StackRecord, Undo } from './model';
import { reasonLine, stuckReason } from './outcome';
import { enterStatus, type StackTools } from './stack-tools';
import { removeCreated, revertChanges, undoCreation } from './undo-changes';

/** How a way back ended: the stack's status, and what could not be taken back, one line for each resource. */
export interface RolledBack {
  readonly status: StackRecord['status'];
  readonly stuck: readonly string[];
}

/**
 * Takes an operation back. What cannot be taken back stays with the stack, in `undo`, for another try.
 * `skipped` resources are taken as they are.
 */
export function rollBack(
  tools: StackTools,
  stack: StackRecord,
  undo: Undo,
  reason: string,
  skipped: readonly string[] = [],
): Promise<RolledBack> {
  return undo.of === 'CREATE'
    ? rollCreationBack(tools, stack, undo, reason)
    : rollUpdateBack(tools, stack, undo, reason, skipped);
}

async function rollCreationBack(
  tools: StackTools,
  stack: StackRecord,
  undo: Undo,
  reason: string,
): Promise<RolledBack> {
  enterStatus(tools, stack, 'ROLLBACK_IN_PROGRESS', reason);
  const stuck = await undoCreation(tools, stack, undo.changes);
  tools.store.change(stack.stackId, { undo: undefined });
  const status = stuck.length === 0 ? 'ROLLBACK_COMPLETE' : 'ROLLBACK_FAILED';
  enterStatus(tools, stack, status, stuckReason(stuck, 'delete'));
  return { status, stuck: stuck.map(reasonLine) };
}

async function rollUpdateBack(
  tools: StackTools,
  stack: StackRecord,
  undo: Undo,
  reason: string,
  skipped: readonly string[],
): Promise<RolledBack> {
  enterStatus(tools, stack, 'UPDATE_ROLLBACK_IN_PROGRESS', reason);
  const reverted = undo.changes.filter(({ after }) => !skipped.includes(after.logicalId));
  const stuck = await revertChanges(tools, stack, reverted);
  if (stuck.length > 0) {
    const isStuck = new Set(stuck.map(({ change }) => change));
    const open = undo.changes.filter((change) => change.kind !== 'changed' || isStuck.has(change));
    tools.store.change(stack.stackId, { undo: { ...undo, changes: open } });
    enterStatus(tools, stack, 'UPDATE_ROLLBACK_FAILED', stuckReason(stuck, 'update'));
    return { status: 'UPDATE_ROLLBACK_FAILED', stuck: stuck.map(reasonLine) };
  }
  // Resources that did not change have taken the new template's policies and order: back to the old ones.
  for (const record of Object.values(undo.before)) {
    if (!skipped.includes(record.logicalId)) tools.store.putResource(stack.stackId, record);
  }
  enterStatus(tools, stack, 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
  await removeCreated(tools, stack, undo.changes);
  tools.store.change(stack.stackId, { undo: undefined });
  enterStatus(tools, stack, 'UPDATE_ROLLBACK_COMPLETE');
  return { status: 'UPDATE_ROLLBACK_COMPLETE', stuck: [] };
}
