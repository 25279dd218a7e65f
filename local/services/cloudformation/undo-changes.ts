import type { DeletionPolicy } from '../../assembly/template';
import type { Change, StackRecord } from './model';
import { changeResource, deleteResource } from './resource-steps';
import type { StackTools } from './stack-tools';

/** A change that could not be taken back, and why. */
export interface StuckChange {
  readonly logicalId: string;
  readonly reason: string;
  readonly change: Change;
}

/** Takes back the creation of a stack: deletes what was made, the last first. What cannot be stays; the others are still tried. */
export function undoCreation(
  tools: StackTools,
  stack: StackRecord,
  changes: readonly Change[],
): Promise<StuckChange[]> {
  return eachBackwards(changes, async ({ after }) => {
    await deleteResource(tools, stack, after, isKeptByRollback(after.deletionPolicy));
    tools.store.removeResource(stack.stackId, after.logicalId);
  });
}

/** Takes back an update as far as resources were changed or replaced: each has its properties, or its old resource, again. */
export function revertChanges(
  tools: StackTools,
  stack: StackRecord,
  changes: readonly Change[],
): Promise<StuckChange[]> {
  return eachBackwards(changes, async (change) => {
    if (change.kind === 'created') return;
    if (change.kind === 'changed') await changeResource(tools, stack, change.after, change.before.properties);
    tools.store.putResource(stack.stackId, change.before);
  });
}

/**
 * Ends the way back of an update: deletes what it had made. A failure is none of the rollback, as on AWS: it stands in the
 * events, and the resource is left behind.
 */
export async function removeCreated(tools: StackTools, stack: StackRecord, changes: readonly Change[]): Promise<void> {
  await eachBackwards(changes, async (change) => {
    if (change.kind === 'changed') return;
    const isKept = change.kind === 'created' && isKeptByRollback(change.after.deletionPolicy);
    if (change.kind === 'created') tools.store.removeResource(stack.stackId, change.after.logicalId);
    await deleteResource(tools, stack, change.after, isKept);
  });
}

async function eachBackwards(
  changes: readonly Change[],
  undo: (change: Change) => Promise<void>,
): Promise<StuckChange[]> {
  const stuck: StuckChange[] = [];
  for (const change of [...changes].reverse()) {
    try {
      await undo(change);
    } catch (error) {
      stuck.push({ logicalId: change.after.logicalId, reason: (error as Error).message, change });
    }
  }
  return stuck;
}

/** `RetainExceptOnCreate` exists because `Retain` also keeps what a failed creation has made. */
function isKeptByRollback(policy: DeletionPolicy): boolean {
  return policy === 'Retain';
}
