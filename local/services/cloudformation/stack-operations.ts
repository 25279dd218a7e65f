/**
 * Owns what becomes of stacks: creation, update, deletion, and the way back when one fails. In-process callers and the
 * actions of the wire go through it alike.
 *
 * Invariants
 * 1. Nothing is created before the whole template has been checked.
 * 2. One operation at a time for each stack.
 * 3. An operation that fails leaves the stack as it was, or says in its status that it could not.
 */
import type { Template } from '../../assembly/template';
import { applyTemplate } from './apply-template';
import { cleanUp, deleteAll } from './delete-resources';
import { alreadyExists, noUpdates, operationFailed, stackDoesNotExist, validationError, wrongState } from './faults';
import type { StackRecord } from './model';
import { type PreparedStack, prepareStack } from './prepare-stack';
import { resolveOutputs } from './stack-outputs';
import { enterStatus, type StackTools } from './stack-tools';
import { changesAnything, retypedResources } from './template-changes';
import { undoChanges } from './undo-changes';

/** What a stack is made of. */
export interface StackInput {
  readonly stackName: string;
  readonly template: Template;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  readonly terminationProtection?: boolean;
}

/** An operation that has begun; `done` rejects with AwsError when it fails, after the way back. */
export interface Operation {
  readonly stackId: string;
  readonly done: Promise<void>;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html */
export async function createStack(tools: StackTools, input: StackInput): Promise<Operation> {
  const { stackName } = input;
  if (!/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(stackName)) {
    throw validationError(
      `1 validation error detected: Value '${stackName}' at 'stackName' failed to satisfy constraint: ` +
        'Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*',
    );
  }
  if (tools.store.find(stackName)) throw alreadyExists(stackName);
  const { accountId, region, kernel } = tools.host;
  const stackId = `arn:aws:cloudformation:${region}:${accountId}:stack/${stackName}/${kernel.random.uuid()}`;
  const prepared = await prepareStack(tools, { stackName, stackId }, input.template, input.parameters ?? {});
  if (tools.store.find(stackName)) throw alreadyExists(stackName);
  tools.store.add({
    stackName,
    stackId,
    createdAtMs: kernel.clock.now(),
    status: 'CREATE_IN_PROGRESS',
    template: input.template,
    parameters: { ...input.parameters },
    tags: { ...input.tags },
    terminationProtection: input.terminationProtection ?? false,
    resources: {},
    outputs: {},
    imports: [],
  });
  const stack = tools.store.find(stackId)!;
  enterStatus(tools, stack, 'CREATE_IN_PROGRESS', 'User Initiated');
  return { stackId, done: runCreate(tools, stack, prepared) };
}

async function runCreate(tools: StackTools, stack: StackRecord, prepared: PreparedStack): Promise<void> {
  const { changes, reasons, failed } = await applyWithOutputs(tools, stack, prepared);
  if (reasons.length === 0) {
    enterStatus(tools, stack, 'CREATE_COMPLETE');
    return;
  }
  enterStatus(tools, stack, 'ROLLBACK_IN_PROGRESS', `${failed} Rollback requested by user.`);
  const stuck = await undoChanges(tools, stack, changes);
  const status = stuck.length === 0 ? 'ROLLBACK_COMPLETE' : 'ROLLBACK_FAILED';
  enterStatus(tools, stack, status, stuckReason(stuck, 'delete'));
  throw operationFailed(stack.stackName, status, [...reasons, ...stuck.map(line)]);
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateStack.html */
export async function updateStack(tools: StackTools, input: StackInput): Promise<Operation> {
  const stack = tools.store.find(input.stackName);
  if (!stack) throw stackDoesNotExist(input.stackName);
  const { stackId } = stack;
  checkUpdatable(stack);
  const retyped = retypedResources(stack, input.template);
  if (retyped.length > 0) {
    throw validationError(
      'Update of resource type is not permitted. The new template modifies resource type of the following resources: ' +
        `[${retyped.join(', ')}]`,
    );
  }
  const parameters = { ...input.parameters };
  const prepared = await prepareStack(tools, stack, input.template, parameters);
  checkUpdatable(stack);
  const protection = input.terminationProtection ?? stack.terminationProtection;
  tools.store.change(stackId, { terminationProtection: protection });
  if (!changesAnything(stack, prepared, parameters, input.tags)) throw noUpdates();
  tools.store.change(stackId, { updatedAtMs: tools.host.kernel.clock.now() });
  enterStatus(tools, stack, 'UPDATE_IN_PROGRESS', 'User Initiated');
  const accept = { template: input.template, parameters, tags: { ...(input.tags ?? stack.tags) } };
  return { stackId, done: runUpdate(tools, stack, prepared, accept) };
}

async function runUpdate(
  tools: StackTools,
  stack: StackRecord,
  prepared: PreparedStack,
  accept: Pick<StackRecord, 'template' | 'parameters' | 'tags'>,
): Promise<void> {
  const before = { ...stack.resources };
  const { changes, reasons, failed } = await applyWithOutputs(tools, stack, prepared);
  if (reasons.length === 0) {
    tools.store.change(stack.stackId, accept);
    enterStatus(tools, stack, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
    await cleanUp(tools, stack, prepared, changes);
    enterStatus(tools, stack, 'UPDATE_COMPLETE');
    return;
  }
  enterStatus(tools, stack, 'UPDATE_ROLLBACK_IN_PROGRESS', failed);
  const stuck = await undoChanges(tools, stack, changes);
  // Resources that did not change have taken the new template's policies and order: back to the old ones.
  const stuckIds = new Set(stuck.map(({ logicalId }) => logicalId));
  for (const record of Object.values(before)) {
    if (!stuckIds.has(record.logicalId)) tools.store.putResource(stack.stackId, record);
  }
  const status = stuck.length === 0 ? 'UPDATE_ROLLBACK_COMPLETE' : 'UPDATE_ROLLBACK_FAILED';
  enterStatus(tools, stack, status, stuckReason(stuck, 'update'));
  throw operationFailed(stack.stackName, status, [...reasons, ...stuck.map(line)]);
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteStack.html; no such stack is no error. */
export async function deleteStack(tools: StackTools, stackName: string): Promise<Operation> {
  const stack = tools.store.find(stackName);
  if (!stack || stack.status === 'DELETE_COMPLETE') return { stackId: stackName, done: Promise.resolve() };
  const { stackId } = stack;
  if (stack.status.endsWith('_IN_PROGRESS')) throw wrongState(stackName, stackId, stack.status, 'deleted');
  if (stack.terminationProtection) {
    throw validationError(`Stack [${stackName}] cannot be deleted while TerminationProtection is enabled`);
  }
  for (const { exportName } of Object.values(stack.outputs)) {
    const importers = exportName ? tools.store.importersOf(exportName) : [];
    if (importers.length > 0) {
      throw validationError(
        `Delete canceled. Cannot delete export ${exportName} as it is in use by ${importers.join(', ')}.`,
      );
    }
  }
  enterStatus(tools, stack, 'DELETE_IN_PROGRESS', 'User Initiated');
  return { stackId, done: runDelete(tools, stack) };
}

async function runDelete(tools: StackTools, stack: StackRecord): Promise<void> {
  const failures = await deleteAll(tools, stack, Object.values(stack.resources));
  if (failures.length === 0) {
    tools.store.change(stack.stackId, { deletedAtMs: tools.host.kernel.clock.now() });
    enterStatus(tools, stack, 'DELETE_COMPLETE');
    return;
  }
  const reason = stuckReason(failures, 'delete');
  enterStatus(tools, stack, 'DELETE_FAILED', reason);
  throw operationFailed(stack.stackName, 'DELETE_FAILED', failures.map(line));
}

async function applyWithOutputs(tools: StackTools, stack: StackRecord, prepared: PreparedStack) {
  const { changes, failures, imports } = await applyTemplate(tools, stack, prepared);
  const reasons = failures.map(line);
  let failed = ['create', 'update']
    .map((verb) => ({
      verb,
      ids: failures.filter((failure) => failure.verb === verb).map(({ logicalId }) => logicalId),
    }))
    .filter(({ ids }) => ids.length > 0)
    .map(({ verb, ids }) => `The following resource(s) failed to ${verb}: [${ids.join(', ')}].`)
    .join(' ');
  if (reasons.length === 0) {
    try {
      const all = new Set(imports);
      const outputs = await resolveOutputs(tools, stack, prepared, prepared.scope(stack, all));
      tools.store.change(stack.stackId, { outputs, imports: [...all] });
    } catch (error) {
      failed = (error as Error).message;
      reasons.push(failed);
    }
  }
  return { changes, reasons, failed };
}

function checkUpdatable({ stackName, stackId, status }: StackRecord): void {
  if (status.endsWith('_IN_PROGRESS') || status === 'ROLLBACK_COMPLETE' || status.endsWith('_FAILED')) {
    throw wrongState(stackName, stackId, status, 'updated');
  }
}

function stuckReason(failures: readonly { logicalId: string }[], verb: string): string | undefined {
  if (failures.length === 0) return undefined;
  return `The following resource(s) failed to ${verb}: [${failures.map(({ logicalId }) => logicalId).join(', ')}]. `;
}

function line({ logicalId, reason }: { logicalId: string; reason: string }): string {
  return `${logicalId}: ${reason}`;
}
