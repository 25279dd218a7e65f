import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import type { PlannedResource } from '../../assembly/resource-plan';
import type { ResourceContext, ResourceProvider, ResourceResult } from '../../wire/resource-provider';
import { handlerMessage } from './faults';
import type { Change, ResourceRecord, ResourceStatus, StackRecord, Step } from './model';
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
  const draft: ResourceRecord = {
    logicalId,
    type,
    physicalId: '',
    properties,
    attributes: {},
    dependsOn,
    deletionPolicy: DeletionPolicy ?? 'Delete',
    updateReplacePolicy: UpdateReplacePolicy ?? 'Delete',
    status: 'CREATE_IN_PROGRESS',
    changedAtMs: tools.host.kernel.clock.now(),
  };
  return make(tools, stack, { verb: 'CREATE', draft }, () =>
    provider.create(structuredClone(properties), contextOf(tools, stack, logicalId)),
  );
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
  const reason = isReplacement(provider, before, properties)
    ? 'Requested update requires the creation of a new physical resource; hence creating one.'
    : undefined;
  const work = () => {
    const next = structuredClone(properties);
    // A type without update is replaced by every change, as properties that AWS marks "Replacement" are.
    if (!provider.update) return provider.create(next, context);
    return provider.update(physicalId, next, structuredClone(before.properties), context);
  };
  return make(tools, stack, { verb: 'UPDATE', draft: { ...before, properties } }, work, reason);
}

/** What a step has done to a resource that was `before`, if it was. */
export function changeOf(before: ResourceRecord | undefined, after: ResourceRecord): Change {
  if (!before) return { kind: 'created', after };
  return { kind: after.physicalId === before.physicalId ? 'changed' : 'replaced', before, after };
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
  await begin(tools, stack, { verb: 'DELETE', draft: record }, async () => {
    try {
      await provider.delete(record.physicalId, record.properties, contextOf(tools, stack, record.logicalId));
    } catch (error) {
      if (!handlerMessage(error, '').endsWith('HandlerErrorCode: NotFound)')) throw error;
    }
    return { physicalId: record.physicalId };
  });
}

async function make(
  tools: StackTools,
  stack: StackRecord,
  step: Step,
  work: () => Promise<ResourceResult> | ResourceResult,
  beginning?: string,
): Promise<ResourceRecord> {
  return keepResult(tools, stack, step, await begin(tools, stack, step, work, beginning));
}

/** Writes into the stack what a step has made. */
export function keepResult(
  tools: StackTools,
  stack: StackRecord,
  { verb, draft }: Step,
  { physicalId, attributes }: ResourceResult,
): ResourceRecord {
  const record: ResourceRecord = {
    ...draft,
    physicalId,
    attributes: { ...attributes },
    status: `${verb}_COMPLETE`,
    changedAtMs: tools.host.kernel.clock.now(),
  };
  tools.store.putResource(stack.stackId, record);
  return record;
}

function begin(
  tools: StackTools,
  stack: StackRecord,
  step: Step,
  work: () => Promise<ResourceResult> | ResourceResult,
  reason?: string,
): Promise<ResourceResult> {
  const { verb, draft } = step;
  const properties = JSON.stringify(draft.properties);
  tools.store.work.begin(stack.stackId, step);
  recordEvent(tools, stack, { ...pick(draft), status: `${verb}_IN_PROGRESS`, reason, properties });
  return end(tools, stack, step, work);
}

/** Waits for the work of a step that has begun, and notes how it ended. Rejects with the handler's message as AWS words it. */
export async function end(
  tools: StackTools,
  stack: StackRecord,
  step: Step,
  work: () => Promise<ResourceResult> | ResourceResult,
): Promise<ResourceResult> {
  const { verb, draft } = step;
  const properties = JSON.stringify(draft.properties);
  const note = (status: ResourceStatus, physicalId: string, reason?: string) =>
    recordEvent(tools, stack, { ...pick(draft), physicalId, status, reason, properties });
  try {
    const result = await work();
    if (result.physicalId !== draft.physicalId) {
      note(`${verb}_IN_PROGRESS`, result.physicalId, 'Resource creation Initiated');
    }
    note(`${verb}_COMPLETE`, result.physicalId);
    return result;
  } catch (error) {
    const reason = handlerMessage(error, tools.host.kernel.random.uuid());
    note(`${verb}_FAILED`, draft.physicalId, reason);
    const record = stack.resources[draft.logicalId];
    if (record) tools.store.putResource(stack.stackId, { ...record, status: `${verb}_FAILED`, statusReason: reason });
    throw new Error(reason);
  } finally {
    tools.store.work.end(stack.stackId, step);
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
    isRollback: stack.status.includes('ROLLBACK'),
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
