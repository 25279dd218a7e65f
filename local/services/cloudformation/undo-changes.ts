import type { DeletionPolicy } from '../../assembly/template';
import type { Change } from './apply-template';
import type { StackRecord } from './model';
import { changeResource, deleteResource } from './resource-steps';
import type { StackTools } from './stack-tools';

/**
 * Takes changes back, the last first. What cannot be taken back stays in the stack, and the others still are.
 * Returns the logical ids that could not be, each with the reason.
 */
export async function undoChanges(
  tools: StackTools,
  stack: StackRecord,
  changes: readonly Change[],
): Promise<{ logicalId: string; reason: string }[]> {
  const failures: { logicalId: string; reason: string }[] = [];
  for (const change of [...changes].reverse()) {
    try {
      await undo(tools, stack, change);
    } catch (error) {
      failures.push({ logicalId: change.after.logicalId, reason: (error as Error).message });
    }
  }
  return failures;
}

async function undo(tools: StackTools, stack: StackRecord, change: Change): Promise<void> {
  const { after } = change;
  switch (change.kind) {
    case 'created':
      await deleteResource(tools, stack, after, isKeptByRollback(after.deletionPolicy));
      tools.store.removeResource(stack.stackId, after.logicalId);
      return;
    case 'changed':
      await changeResource(tools, stack, after, change.before.properties);
      tools.store.putResource(stack.stackId, change.before);
      return;
    case 'replaced':
      await deleteResource(tools, stack, after, false);
      tools.store.putResource(stack.stackId, change.before);
  }
}

/** `RetainExceptOnCreate` exists because `Retain` also keeps what a failed creation has made. */
function isKeptByRollback(policy: DeletionPolicy): boolean {
  return policy === 'Retain';
}
