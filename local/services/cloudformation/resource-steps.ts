import type { PlannedResource } from '../../assembly/resource-plan';
import type { ResourceContext, ResourceResult } from '../../wire/resource-provider';
import { handlerMessage } from './faults';
import type { ResourceRecord, ResourceStatus, StackRecord } from './model';
import { physicalName } from './physical-name';
import { recordEvent, type StackTools } from './stack-tools';

/** Creates one resource and writes it into the stack. Rejects with the handler's message as AWS words it. */
export async function createResource(
  tools: StackTools,
  stack: StackRecord,
  { logicalId, resource, dependsOn }: PlannedResource,
  properties: Record<string, unknown>,
): Promise<ResourceRecord> {
  const { Type: type, DeletionPolicy, UpdateReplacePolicy } = resource;
  const provider = tools.provider(type)!;
  const result = await step(tools, stack, { logicalId, type, physicalId: '' }, 'CREATE', () =>
    provider.create(structuredClone(properties), contextOf(tools, stack, logicalId)),
  );
  const record: ResourceRecord = {
    logicalId,
    type,
    physicalId: result.physicalId,
    properties,
    attributes: { ...result.attributes },
    dependsOn,
    deletionPolicy: DeletionPolicy ?? 'Delete',
    updateReplacePolicy: UpdateReplacePolicy ?? 'Delete',
    status: 'CREATE_COMPLETE',
    changedAtMs: tools.host.kernel.clock.now(),
  };
  tools.store.putResource(stack.stackId, record);
  return record;
}

/** Changes one resource in place; a provider may answer with another physical id, which is a replacement. */
export async function changeResource(
  tools: StackTools,
  stack: StackRecord,
  before: ResourceRecord,
  properties: Record<string, unknown>,
): Promise<ResourceRecord> {
  const { logicalId, physicalId } = before;
  const provider = tools.provider(before.type)!;
  const context = contextOf(tools, stack, logicalId);
  const result = await step(tools, stack, before, 'UPDATE', () => {
    const next = structuredClone(properties);
    // A type without update is replaced by every change, as properties that AWS marks "Replacement" are.
    if (!provider.update) return provider.create(next, context);
    return provider.update(physicalId, next, structuredClone(before.properties), context);
  });
  const record: ResourceRecord = {
    ...before,
    physicalId: result.physicalId,
    properties,
    attributes: { ...result.attributes },
    status: 'UPDATE_COMPLETE',
    changedAtMs: tools.host.kernel.clock.now(),
  };
  tools.store.putResource(stack.stackId, record);
  return record;
}

/** Deletes what a record stands for, or leaves it when `isKept`. A resource that is gone already counts as deleted. */
export async function deleteResource(
  tools: StackTools,
  stack: StackRecord,
  record: ResourceRecord,
  isKept: boolean,
): Promise<void> {
  if (isKept) {
    recordEvent(tools, stack, { ...pick(record), status: 'DELETE_SKIPPED' });
    return;
  }
  const provider = tools.provider(record.type)!;
  await step(tools, stack, record, 'DELETE', async () => {
    try {
      await provider.delete(record.physicalId, record.properties, contextOf(tools, stack, record.logicalId));
    } catch (error) {
      if (!handlerMessage(error, '').endsWith('HandlerErrorCode: NotFound)')) throw error;
    }
    return { physicalId: record.physicalId };
  });
}

async function step(
  tools: StackTools,
  stack: StackRecord,
  subject: Pick<ResourceRecord, 'logicalId' | 'type' | 'physicalId'>,
  verb: 'CREATE' | 'UPDATE' | 'DELETE',
  work: () => Promise<ResourceResult> | ResourceResult,
): Promise<ResourceResult> {
  const note = (status: ResourceStatus, physicalId: string, reason?: string) =>
    recordEvent(tools, stack, { ...pick(subject), physicalId, status, reason });
  note(`${verb}_IN_PROGRESS`, subject.physicalId);
  try {
    const result = await work();
    note(`${verb}_COMPLETE`, result.physicalId);
    return result;
  } catch (error) {
    const reason = handlerMessage(error, tools.host.kernel.random.uuid());
    note(`${verb}_FAILED`, subject.physicalId, reason);
    throw new Error(reason);
  }
}

function pick({ logicalId, physicalId, type }: Pick<ResourceRecord, 'logicalId' | 'type' | 'physicalId'>) {
  return { logicalId, physicalId, type };
}

function contextOf(tools: StackTools, { stackName }: StackRecord, logicalId: string): ResourceContext {
  const { accountId, region, kernel } = tools.host;
  return {
    stackName,
    logicalId,
    accountId,
    region,
    generateName: (maxLength) => physicalName(stackName, logicalId, maxLength, kernel.random),
    assetPath: (bucket, key) => tools.assetPath(bucket, key),
  };
}
