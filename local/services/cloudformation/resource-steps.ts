import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import type { PlannedResource } from '../../assembly/resource-plan';
import type { ResourceContext, ResourceProvider, ResourceResult } from '../../wire/resource-provider';
import { handlerMessage } from './faults';
import type { ResourceRecord, ResourceStatus, StackRecord } from './model';
import { physicalName } from './physical-name';
import { readObject } from './read-object';
import { requiresReplacement } from './replacement-properties';
import { actingCaller, recordEvent, type StackTools } from './stack-tools';

/** Creates one resource and writes it into the stack. Rejects with the handler's message as AWS words it. */
export async function createResource(
  tools: StackTools,
  stack: StackRecord,
  { logicalId, resource, dependsOn }: PlannedResource,
  properties: Record<string, unknown>,
): Promise<ResourceRecord> {
  const { Type: type, DeletionPolicy, UpdateReplacePolicy } = resource;
  const provider = tools.provider(type)!;
  const result = await step(tools, stack, { logicalId, type, physicalId: '', properties }, 'CREATE', () =>
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
  const subject = { ...before, properties };
  const reason = isReplacement(provider, before, properties)
    ? 'Requested update requires the creation of a new physical resource; hence creating one.'
    : undefined;
  const work = () => {
    const next = structuredClone(properties);
    // A type without update is replaced by every change, as properties that AWS marks "Replacement" are.
    if (!provider.update) return provider.create(next, context);
    return provider.update(physicalId, next, structuredClone(before.properties), context);
  };
  const result = await step(tools, stack, subject, 'UPDATE', work, reason);
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

/** Whether a change will give another physical resource, as far as that can be said before. */
export function isReplacement(
  provider: ResourceProvider,
  { type, properties: before }: Pick<ResourceRecord, 'type' | 'properties'>,
  after: Readonly<Record<string, unknown>>,
): boolean {
  if (!provider.update) return true;
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].some((name) => requiresReplacement(type, name) && !isDeepStrictEqual(before[name], after[name]));
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
  subject: Pick<ResourceRecord, 'logicalId' | 'type' | 'physicalId' | 'properties'>,
  verb: 'CREATE' | 'UPDATE' | 'DELETE',
  work: () => Promise<ResourceResult> | ResourceResult,
  beginning?: string,
): Promise<ResourceResult> {
  const properties = JSON.stringify(subject.properties);
  const note = (status: ResourceStatus, physicalId: string, reason?: string) =>
    recordEvent(tools, stack, { ...pick(subject), physicalId, status, reason, properties });
  note(`${verb}_IN_PROGRESS`, subject.physicalId, beginning);
  try {
    const result = await work();
    if (result.physicalId !== subject.physicalId) {
      note(`${verb}_IN_PROGRESS`, result.physicalId, 'Resource creation Initiated');
    }
    note(`${verb}_COMPLETE`, result.physicalId);
    return result;
  } catch (error) {
    const reason = handlerMessage(error, tools.host.kernel.random.uuid());
    note(`${verb}_FAILED`, subject.physicalId, reason);
    const record = stack.resources[subject.logicalId];
    if (record) tools.store.putResource(stack.stackId, { ...record, status: `${verb}_FAILED`, statusReason: reason });
    throw new Error(reason);
  }
}

function pick({ logicalId, physicalId, type }: Pick<ResourceRecord, 'logicalId' | 'type' | 'physicalId'>) {
  return { logicalId, physicalId, type };
}

function contextOf(tools: StackTools, stack: StackRecord, logicalId: string): ResourceContext {
  const { stackName, stackId } = stack;
  const { accountId, region, kernel } = tools.host;
  return {
    stackName,
    stackId,
    logicalId,
    accountId,
    region,
    caller: actingCaller(tools, stack),
    generateName: (maxLength) => physicalName(stackName, logicalId, maxLength, kernel.random),
    assetPath: (bucket, key) => tools.assetPath(bucket, key),
    readAsset: (bucket, key, version) => readAsset(tools, stack, bucket, key, version),
  };
}

async function readAsset(
  tools: StackTools,
  stack: StackRecord,
  Bucket: string,
  Key: string,
  VersionId: string | undefined,
): Promise<Buffer> {
  const staged = tools.assetPath(Bucket, Key);
  return staged ? readFile(staged) : readObject(tools.host, actingCaller(tools, stack), { Bucket, Key, VersionId });
}
