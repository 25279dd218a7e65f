import type { DeletionPolicy } from '../../assembly/template';
import type { Change, StackRecord } from './model';
import { changeResource, deleteResource } from './resource-steps';
import type { StackTools } from './stack-tools';

/** A change that could not be taken back, and why. */
export interface StuckChange {
  readonly logicalId: string;
  readonly reason: string;
}

/** Takes back the creation of a stack: deletes what was made, the last first. What cannot be stays; the others are still tried. */
export function undoCreation(tools: StackTools, stack: StackRecord): Promise<StuckChange[]> {
  return eachBackwards(tools, stack, async (change) => {
    const { after } = change;
    await deleteResource(tools, stack, after, isKeptByRollback(after.deletionPolicy));
    tools.store.removeResource(stack.stackId, after.logicalId);
    tools.store.work.removeChange(stack.stackId, change);
  });
}

/**
 * Takes back an update as far as resources were changed or replaced: each has its properties, or its old resource, again. What was made
 * in between is left to {@link removeCreated}.
 */
export function revertChanges(
  tools: StackTools,
  stack: StackRecord,
  skipped: ReadonlySet<string>,
): Promise<StuckChange[]> {
  return eachBackwards(tools, stack, async (change) => {
    if (change.kind === 'created') return;
    const isSkipped = skipped.has(change.after.logicalId);
    if (change.kind === 'changed') {
      if (!isSkipped) await changeResource(tools, stack, change.after, change.before.properties);
      tools.store.work.removeChange(stack.stackId, change);
    }
    if (!isSkipped) tools.store.putResource(stack.stackId, change.before);
  });
}

/**
 * Ends the way back of an update: deletes what it had made. A failure is none of the rollback, as on AWS: it stands in the
 * events, and the resource is left behind.
 */
export async function removeCreated(tools: StackTools, stack: StackRecord): Promise<void> {
  await eachBackwards(tools, stack, async (change) => {
    if (change.kind === 'changed') return;
    const isKept = change.kind === 'created' && isKeptByRollback(change.after.deletionPolicy);
    if (change.kind === 'created') tools.store.removeResource(stack.stackId, change.after.logicalId);
    await deleteResource(tools, stack, change.after, isKept);
    tools.store.work.removeChange(stack.stackId, change);
  });
}

async function eachBackwards(
  tools: StackTools,
  stack: StackRecord,
  undo: (change: Change) => Promise<void>,
): Promise<StuckChange[]> {
  const stuck: StuckChange[] = [];
  for (const change of tools.store.work.changesOf(stack.stackId).reverse()) {
    try {
      await undo(change);
    } catch (error) {
      stuck.push({ logicalId: change.after.logicalId, reason: (error as Error).message });
    }
  }
  return stuck;
}

/** `RetainExceptOnCreate` exists because `Retain` also keeps what a failed creation has made. */
function isKeptByRollback(policy: DeletionPolicy): boolean {
  return policy === 'Retain';
}
