import { operationFailed, stackDoesNotExist, validationError } from './faults';
import type { StackRecord } from './model';
import { rollBack } from './roll-back';
import type { Operation, StackInput } from './stack-operation';
import { actingCaller, beginOperation, type StackTools } from './stack-tools';

/** Who asks for a way back. */
type Asker = Pick<StackInput, 'caller' | 'roleArn' | 'clientRequestToken'>;

/**
 * Takes back an operation that failed and left what it had done.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_RollbackStack.html
 */
export async function rollbackStack(all: StackTools, stackName: string, asker: Asker = {}): Promise<Operation> {
  const stack = stackIn(all, stackName, ['CREATE_FAILED', 'UPDATE_FAILED'], 'RollbackStack');
  return begin(all, stack, [], asker);
}

/**
 * Tries again to take an update back; `skipped` resources are taken as they are.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ContinueUpdateRollback.html
 */
export async function continueUpdateRollback(
  all: StackTools,
  stackName: string,
  skipped: readonly string[],
  asker: Asker = {},
): Promise<Operation> {
  const stack = stackIn(all, stackName, ['UPDATE_ROLLBACK_FAILED'], 'ContinueUpdateRollback');
  const changes = all.store.work.changesOf(stack.stackId);
  const unknown = skipped.filter((id) => !changes.some(({ after }) => after.logicalId === id));
  if (unknown.length > 0) {
    throw validationError(`Resources [${unknown.join(', ')}] are not in the UPDATE_FAILED state and cannot be skipped`);
  }
  return begin(all, stack, skipped, asker);
}

function stackIn(
  { store }: StackTools,
  stackName: string,
  states: readonly StackRecord['status'][],
  action: string,
): StackRecord {
  const stack = store.find(stackName);
  if (!stack) throw stackDoesNotExist(stackName);
  if (states.includes(stack.status)) return stack;
  throw validationError(
    `Stack:${stack.stackId} is in ${stack.status} state and ${action} is not allowed; allowed in ${states.join(', ')}`,
  );
}

function begin(all: StackTools, stack: StackRecord, skipped: readonly string[], asker: Asker): Operation {
  const tools = beginOperation(all, { ...asker, skipped });
  const roleArn = asker.roleArn ?? stack.roleArn;
  actingCaller(tools, { roleArn });
  tools.store.change(stack.stackId, { roleArn });
  return { stackId: stack.stackId, done: run(tools, stack) };
}

async function run(tools: StackTools, stack: StackRecord): Promise<void> {
  const { status, stuck } = await rollBack(tools, stack, 'User Initiated');
  if (stuck.length > 0) throw operationFailed(stack.stackName, status, stuck);
}
