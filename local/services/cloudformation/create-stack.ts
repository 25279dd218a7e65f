import { alreadyExists, operationFailed, validationError } from './faults';
import type { StackRecord } from './model';
import { applyWithOutputs, reasonLine, stuckReason } from './outcome';
import { type PreparedStack, prepareStack } from './prepare-stack';
import type { Operation, StackInput } from './stack-operation';
import { enterStatus, type StackTools } from './stack-tools';
import { undoChanges } from './undo-changes';

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
  const { changes, reasons, summary } = await applyWithOutputs(tools, stack, prepared);
  if (reasons.length === 0) {
    enterStatus(tools, stack, 'CREATE_COMPLETE');
    return;
  }
  enterStatus(tools, stack, 'ROLLBACK_IN_PROGRESS', `${summary} Rollback requested by user.`);
  const stuck = await undoChanges(tools, stack, changes);
  const status = stuck.length === 0 ? 'ROLLBACK_COMPLETE' : 'ROLLBACK_FAILED';
  enterStatus(tools, stack, status, stuckReason(stuck, 'delete'));
  throw operationFailed(stack.stackName, status, [...reasons, ...stuck.map(reasonLine)]);
}
