import { checkCapabilities } from './capabilities';
import { membersOf } from './create-stack';
import { cleanUp } from './delete-resources';
import { noUpdates, operationFailed, pausedStack, stackDoesNotExist, validationError, wrongState } from './faults';
import type { StackRecord } from './model';
import { applyWithOutputs } from './outcome';
import { checkEmulated, type PreparedStack, prepareStack } from './prepare-stack';
import { rollBack } from './roll-back';
import type { Operation, StackInput } from './stack-operation';
import { actingCaller, beginOperation, enterStatus, type StackTools } from './stack-tools';
import { changesAnything, retypedResources } from './template-changes';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateStack.html */
export async function updateStack(all: StackTools, given: StackInput): Promise<Operation> {
  const tools = beginOperation(all, given);
  const stack = tools.store.find(given.stackName);
  if (!stack) throw stackDoesNotExist(given.stackName);
  const { stackId } = stack;
  checkUpdatable(stack, given.disableRollback);
  // A stack that was given a role keeps it until it is given another.
  const input = { ...given, tags: given.tags ?? stack.tags, roleArn: given.roleArn ?? stack.roleArn };
  actingCaller(tools, input);
  checkTypes(stack, input);
  const prepared = await prepareStack(tools, stack, input.template, givenParameters(stack, input));
  checkCapabilities(input.template, input.capabilities);
  checkEmulated(tools, prepared);
  checkUpdatable(stack, given.disableRollback);
  const protection = input.terminationProtection ?? stack.terminationProtection;
  tools.store.change(stackId, { terminationProtection: protection });
  if (!stack.undo && !changesAnything(stack, prepared, input.tags)) throw noUpdates();
  const undo = stack.undo ?? { of: 'UPDATE', before: { ...stack.resources } };
  tools.store.change(stackId, { updatedAtMs: tools.host.kernel.clock.now(), roleArn: input.roleArn, undo });
  enterStatus(tools, stack, 'UPDATE_IN_PROGRESS', 'User Initiated');
  return { stackId, done: runUpdate(tools, stack, prepared, input) };
}

/** Throws ValidationError when logical ids keep their name and change their type. */
export function checkTypes(stack: StackRecord, { template }: Pick<StackInput, 'template'>): void {
  const retyped = retypedResources(stack, template);
  if (retyped.length === 0) return;
  throw validationError(
    'Update of resource type is not permitted. The new template modifies resource type of the following resources: ' +
      `[${retyped.join(', ')}]`,
  );
}

/** The parameters that a change of a stack names, with the values of those which stay. */
export function givenParameters(
  { parameters }: Pick<StackRecord, 'parameters'>,
  input: Pick<StackInput, 'parameters' | 'previousParameters'>,
): Record<string, string> {
  const kept = (input.previousParameters ?? []).filter((name) => parameters[name] !== undefined);
  return { ...Object.fromEntries(kept.map((name) => [name, parameters[name]!])), ...input.parameters };
}

/** Throws ValidationError unless an update may begin. */
export function checkUpdatable(
  { stackName, stackId, status }: StackRecord,
  disableRollback: boolean | undefined,
): void {
  if (isPaused({ status })) {
    if (!disableRollback) throw pausedStack(status);
    return;
  }
  if (status.endsWith('_IN_PROGRESS') || status === 'ROLLBACK_COMPLETE' || status.endsWith('_FAILED')) {
    throw wrongState(stackName, stackId, status, 'updated');
  }
}

/** Whether an operation has failed and left what it had done. */
export function isPaused({ status }: Pick<StackRecord, 'status'>): boolean {
  return status === 'CREATE_FAILED' || status === 'UPDATE_FAILED';
}

async function runUpdate(
  tools: StackTools,
  stack: StackRecord,
  prepared: PreparedStack,
  input: StackInput,
): Promise<void> {
  const { reasons, summary } = await applyWithOutputs(tools, stack, prepared);
  if (reasons.length > 0) return failUpdate(tools, stack, reasons, summary);
  tools.store.change(stack.stackId, { ...membersOf(input, prepared), undo: undefined });
  const planned = new Set(prepared.plan.map(({ logicalId }) => logicalId));
  const removed = Object.keys(stack.resources).filter((logicalId) => !planned.has(logicalId));
  const cleaning = { ...tools, operation: { ...tools.operation, removed } };
  enterStatus(cleaning, stack, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
  await finishUpdate(cleaning, stack);
}

/** Ends an update that has only to clean up, which its stack is at already. */
export async function finishUpdate(tools: StackTools, stack: StackRecord): Promise<void> {
  await cleanUp(tools, stack);
  tools.store.settle(stack.stackId);
  enterStatus(tools, stack, 'UPDATE_COMPLETE');
}

/** Ends an update that has failed, as it was asked for. Rejects with the operation's failure. */
export async function failUpdate(
  tools: StackTools,
  stack: StackRecord,
  reasons: readonly string[],
  summary: string,
): Promise<never> {
  if (tools.operation.disableRollback) {
    tools.store.change(stack.stackId, { disableRollback: true });
    throw operationFailed(stack.stackName, pause(tools, stack, summary), reasons);
  }
  const { status, stuck } = await rollBack(tools, stack, summary);
  throw operationFailed(stack.stackName, status, [...reasons, ...stuck]);
}

/** Leaves what an operation has done as it stands; gives the status that says so. */
export function pause(tools: StackTools, stack: StackRecord, summary: string): 'CREATE_FAILED' | 'UPDATE_FAILED' {
  const status = stack.undo?.of === 'CREATE' ? 'CREATE_FAILED' : 'UPDATE_FAILED';
  enterStatus(tools, stack, status, summary);
  return status;
}
