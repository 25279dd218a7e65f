import { isDeepStrictEqual } from 'node:util';
import type { StackRecord } from './model';
import { type PreparedStack, resolveProperties } from './prepare-stack';
import { changeOf, changeResource, createResource } from './resource-steps';
import { runInOrder } from './run-in-order';
import { recordEvent, type StackTools } from './stack-tools';

/** What became of a template's resources. */
export interface Applied {
  /** Empty when all went well. */
  readonly failures: readonly {
    readonly logicalId: string;
    readonly verb: 'create' | 'update';
    readonly reason: string;
  }[];
  readonly imports: ReadonlySet<string>;
}

/**
 * Creates what the stack does not have and changes what differs, side by side where dependencies allow. What was done stands among
 * the stack's open work.
 */
export async function applyTemplate(tools: StackTools, stack: StackRecord, prepared: PreparedStack): Promise<Applied> {
  const imports = new Set<string>();
  const planned = new Map(prepared.plan.map((item) => [item.logicalId, item]));
  const existed = new Set(Object.keys(stack.resources));
  const scope = prepared.scope(stack, imports);
  const apply = async (logicalId: string) => {
    const item = planned.get(logicalId)!;
    const before = stack.resources[logicalId];
    const properties = await resolveProperties(tools, item, scope).catch((error) => {
      const subject = { logicalId, physicalId: before?.physicalId ?? '', type: item.resource.Type };
      const status = before ? 'UPDATE_FAILED' : 'CREATE_FAILED';
      recordEvent(tools, stack, { ...subject, status, reason: error.message });
      throw error;
    });
    if (!before) {
      const after = await createResource(tools, stack, item, properties);
      tools.store.work.addChange(stack.stackId, changeOf(undefined, after));
      return;
    }
    const { DeletionPolicy: deletionPolicy = 'Delete', UpdateReplacePolicy: updateReplacePolicy = 'Delete' } =
      item.resource;
    const declared = { ...before, dependsOn: item.dependsOn, deletionPolicy, updateReplacePolicy };
    // A change that failed may have been made in part: it is made again.
    if (isDeepStrictEqual(before.properties, properties) && !before.status.endsWith('_FAILED')) {
      tools.store.putResource(stack.stackId, declared);
      return;
    }
    const after = await changeResource(tools, stack, declared, properties);
    tools.store.work.addChange(stack.stackId, changeOf(before, after));
  };
  const work = prepared.plan.map(({ logicalId, dependsOn }) => ({ id: logicalId, after: dependsOn }));
  const failures = (await runInOrder(work, apply)).map(({ id, error }) => ({
    logicalId: id,
    verb: existed.has(id) ? ('update' as const) : ('create' as const),
    reason: error instanceof Error ? error.message : String(error),
  }));
  return { failures, imports };
}
