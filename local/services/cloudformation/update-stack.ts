import { checkCapabilities } from './capabilities';
import { membersOf } from './create-stack';
import { cleanUp } from './delete-resources';
import { noUpdates, operationFailed, pausedStack, stackDoesNotExist, validationError, wrongState } from './faults';
import type { StackRecord, Undo } from './model';
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
  const before = stack.status;
  tools.store.change(stackId, { updatedAtMs: tools.host.kernel.clock.now(), roleArn: input.roleArn });
  enterStatus(tools, stack, 'UPDATE_IN_PROGRESS', 'User Initiated');
  const undo = stack.undo ?? { of: 'UPDATE', changes: [], before: { ...stack.resources } };
  return { stackId, done: runUpdate(tools, stack, prepared, input, undo, before) };
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
  if (status === 'CREATE_FAILED' || status === 'UPDATE_FAILED') {
    if (!disableRollback) throw pausedStack(status);
    return;
  }
  if (status.endsWith('_IN_PROGRESS') || status === 'ROLLBACK_COMPLETE' || status.endsWith('_FAILED')) {
    throw wrongState(stackName, stackId, status, 'updated');
  }
}

async function runUpdate(
  tools: StackTools,
  stack: StackRecord,
  prepared: PreparedStack,
  input: StackInput,
  undo: Undo,
  statusBefore: StackRecord['status'],
): Promise<void> {
  const { changes: made, reasons, summary } = await applyWithOutputs(tools, stack, prepared);
  const changes = [...undo.changes, ...made];
  if (reasons.length === 0) {
    tools.store.change(stack.stackId, { ...membersOf(input, prepared), undo: undefined });
    enterStatus(tools, stack, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
    await cleanUp(tools, stack, prepared, changes);
    enterStatus(tools, stack, 'UPDATE_COMPLETE');
    return;
  }
  if (input.disableRollback) {
    tools.store.change(stack.stackId, { undo: { ...undo, changes }, disableRollback: true });
    const status = statusBefore === 'CREATE_FAILED' ? 'CREATE_FAILED' : 'UPDATE_FAILED';
    enterStatus(tools, stack, status, summary);
    throw operationFailed(stack.stackName, status, reasons);
  }
  const { status, stuck } = await rollBack(tools, stack, { ...undo, changes }, summary);
  throw operationFailed(stack.stackName, status, [...reasons, ...stuck]);
}
