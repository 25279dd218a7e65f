import type { ResourceRecord, StackRecord } from './model';
import { deleteResource } from './resource-steps';
import { runInOrder } from './run-in-order';
import { recordEvent, type StackTools } from './stack-tools';

/**
 * Deletes resources of a stack, each before those it depends on, and takes them out of the stack. Those with a policy to
 * be retained leave the stack and stay. Returns what could not be deleted; what depends on it was not tried.
 */
export async function deleteAll(
  tools: StackTools,
  stack: StackRecord,
  records: readonly ResourceRecord[],
): Promise<{ logicalId: string; reason: string }[]> {
  const work = records.map(({ logicalId }) => ({
    id: logicalId,
    after: records.filter(({ dependsOn }) => dependsOn.includes(logicalId)).map((dependent) => dependent.logicalId),
  }));
  const byId = new Map(records.map((record) => [record.logicalId, record]));
  const failures = await runInOrder(work, async (logicalId) => {
    const record = byId.get(logicalId)!;
    await deleteResource(tools, stack, record, record.deletionPolicy.startsWith('Retain'));
    tools.store.removeResource(stack.stackId, logicalId);
  });
  return failures.map(({ id, error }) => ({ logicalId: id, reason: (error as Error).message }));
}

/**
 * Ends an update: what replaced resources left behind goes, then what the new template no longer has. A failure here is no
 * failure of the update, as on AWS: it stands in the events.
 */
export async function cleanUp(tools: StackTools, stack: StackRecord): Promise<void> {
  const { work } = tools.store;
  for (const change of work.changesOf(stack.stackId).reverse()) {
    if (change.kind !== 'replaced') continue;
    const isKept = change.after.updateReplacePolicy.startsWith('Retain');
    await deleteResource(tools, stack, change.before, isKept).catch(() => undefined);
    work.removeChange(stack.stackId, change);
  }
  const removed = (tools.operation.removed ?? []).flatMap((logicalId) => stack.resources[logicalId] ?? []);
  for (const { logicalId, reason } of await deleteAll(tools, stack, removed)) {
    const { physicalId, type } = stack.resources[logicalId]!;
    recordEvent(tools, stack, { logicalId, physicalId, type, status: 'DELETE_FAILED', reason });
    tools.store.removeResource(stack.stackId, logicalId);
  }
}
