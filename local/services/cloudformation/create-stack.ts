import { checkCapabilities } from './capabilities';
import { runDelete } from './delete-stack';
import { alreadyExists, operationFailed, validationError } from './faults';
import type { StackRecord } from './model';
import { applyWithOutputs } from './outcome';
import { checkEmulated, type PreparedStack, prepareStack } from './prepare-stack';
import { rollBack } from './roll-back';
import type { Operation, StackInput } from './stack-operation';
import { actingCaller, beginOperation, enterStatus, type StackTools } from './stack-tools';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html; also of a stack that is under review. */
export async function createStack(all: StackTools, input: StackInput): Promise<Operation> {
  const tools = beginOperation(all, input);
  const { stackName } = input;
  checkStackName(stackName);
  const reviewed = tools.store.find(stackName);
  if (reviewed && !(input.changeSetId && reviewed.status === 'REVIEW_IN_PROGRESS')) throw alreadyExists(stackName);
  actingCaller(tools, input);
  const identity = reviewed ?? newIdentity(tools, stackName);
  const prepared = await prepareStack(tools, identity, input.template, input.parameters ?? {});
  checkCapabilities(input.template, input.capabilities);
  checkEmulated(tools, prepared);
  if (tools.store.find(stackName) !== reviewed || (reviewed && reviewed.status !== 'REVIEW_IN_PROGRESS')) {
    throw alreadyExists(stackName);
  }
  if (!reviewed) tools.store.add(newStack(tools, identity, input));
  const stack = tools.store.find(identity.stackId)!;
  tools.store.change(stack.stackId, { ...membersOf(input, prepared), undo: { of: 'CREATE', before: {} } });
  enterStatus(tools, stack, 'CREATE_IN_PROGRESS', 'User Initiated');
  return { stackId: stack.stackId, done: runCreate(tools, stack, prepared) };
}

/** Throws ValidationError for a name that no stack can have. */
export function checkStackName(stackName: string): void {
  if (/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(stackName)) return;
  throw validationError(
    `1 validation error detected: Value '${stackName}' at 'stackName' failed to satisfy constraint: ` +
      'Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*',
  );
}

/** A name with a new id. */
export function newIdentity({ host }: StackTools, stackName: string): Pick<StackRecord, 'stackName' | 'stackId'> {
  const { accountId, region, kernel } = host;
  const stackId = `arn:aws:cloudformation:${region}:${accountId}:stack/${stackName}/${kernel.random.uuid()}`;
  return { stackName, stackId };
}

/** A stack that has nothing yet. */
export function newStack(
  { host }: StackTools,
  identity: Pick<StackRecord, 'stackName' | 'stackId'>,
  { template, terminationProtection }: Pick<StackInput, 'template' | 'terminationProtection'>,
): StackRecord {
  return {
    ...identity,
    createdAtMs: host.kernel.clock.now(),
    status: 'REVIEW_IN_PROGRESS',
    template,
    templateBody: '{}',
    parameters: {},
    ssmValues: {},
    tags: {},
    capabilities: [],
    notificationArns: [],
    terminationProtection: terminationProtection ?? false,
    disableRollback: false,
    resources: {},
    outputs: {},
    imports: [],
  };
}

/** What a stack takes over from the operation that makes or changes it. */
export function membersOf(input: StackInput, prepared: PreparedStack) {
  return {
    template: input.template,
    templateBody: input.templateBody ?? JSON.stringify(input.template),
    parameters: { ...prepared.parameters },
    ssmValues: { ...prepared.ssmValues },
    tags: { ...input.tags },
    capabilities: [...(input.capabilities ?? [])],
    notificationArns: [...(input.notificationArns ?? [])],
    roleArn: input.roleArn,
    disableRollback: isRollbackDisabled(input),
    changeSetId: input.changeSetId,
  };
}

function isRollbackDisabled({ disableRollback, onFailure }: StackInput): boolean {
  return disableRollback === true || onFailure === 'DO_NOTHING';
}

async function runCreate(tools: StackTools, stack: StackRecord, prepared: PreparedStack): Promise<void> {
  const { reasons, summary } = await applyWithOutputs(tools, stack, prepared);
  if (reasons.length > 0) return failCreate(tools, stack, reasons, summary);
  tools.store.settle(stack.stackId);
  enterStatus(tools, stack, 'CREATE_COMPLETE');
}

/** Ends a creation that has failed, as it was asked for. Rejects with the operation's failure. */
export async function failCreate(
  tools: StackTools,
  stack: StackRecord,
  reasons: readonly string[],
  summary: string,
): Promise<never> {
  const { stackName } = stack;
  if (stack.disableRollback) {
    enterStatus(tools, stack, 'CREATE_FAILED', summary);
    throw operationFailed(stackName, 'CREATE_FAILED', reasons);
  }
  if (tools.operation.onFailure === 'DELETE') {
    enterStatus(tools, stack, 'CREATE_FAILED', summary);
    enterStatus(tools, stack, 'DELETE_IN_PROGRESS', `${summary} Delete requested by user.`);
    await runDelete(tools, stack);
    throw operationFailed(stackName, 'DELETE_COMPLETE', reasons);
  }
  const { status, stuck } = await rollBack(tools, stack, `${summary} Rollback requested by user.`);
  throw operationFailed(stackName, status, [...reasons, ...stuck]);
}
