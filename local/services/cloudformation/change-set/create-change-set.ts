import { checkCapabilities } from '../capabilities';
import { checkStackName, newIdentity, newStack } from '../create-stack';
import { changeSetExists, stackDoesNotExist, validationError, wrongState } from '../faults';
import type { StackRecord } from '../model';
import { type PreparedStack, prepareStack } from '../prepare-stack';
import type { StackInput } from '../stack-operation';
import { actingCaller, beginOperation, enterStatus, type StackTools } from '../stack-tools';
import { changesAnything } from '../template-changes';
import { checkTypes, givenParameters } from '../update-stack';
import type { ChangeSetRecord } from './model';
import { plannedChanges } from './planned-changes';

/** A change set as it is asked for. */
export interface ChangeSetInput extends StackInput {
  readonly name: string;
  readonly type: 'CREATE' | 'UPDATE';
  readonly description?: string;
}

/** AWS's words for a change set that would do nothing; tools look for them. */
const NO_CHANGES =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

const REFUSED =
  'The following hook(s)/validation failed: [AWS::EarlyValidation::PropertyValidation]. To troubleshoot Early Validation errors, use ' +
  'the DescribeEvents API for detailed failure information.';

/**
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html. The change set is ready when this
 * resolves: it holds what will change, or says why it failed. For a new stack a stack under review is made.
 */
export async function createChangeSet(all: StackTools, given: ChangeSetInput): Promise<ChangeSetRecord> {
  const tools = beginOperation(all, given);
  checkStackName(nameOf(given.stackName));
  checkChangeSetName(given.name);
  const existing = tools.store.find(given.stackName);
  const known = existing && tools.store.findChangeSet(given.name, existing.stackId);
  if (known) return again(known, given);
  checkStack(existing, given);
  const input = { ...given, roleArn: given.roleArn ?? existing?.roleArn, tags: given.tags ?? existing?.tags };
  actingCaller(tools, input);
  const identity = existing ?? newIdentity(tools, given.stackName);
  if (existing) checkTypes(existing, input);
  const parameters = existing ? givenParameters(existing, input) : (input.parameters ?? {});
  const prepared = await prepareStack(tools, identity, input.template, parameters);
  checkCapabilities(input.template, input.capabilities);
  // Another request may have begun the same stack meanwhile.
  const stack = tools.store.find(given.stackName) ?? review(tools, identity, input);
  const changes = prepared.refusals.length > 0 ? [] : await plannedChanges(tools, stack, prepared);
  const record: ChangeSetRecord = {
    ...recordOf(tools, stack, input, prepared),
    changes,
    ...outcomeOf(stack, prepared, input, changes.length),
  };
  tools.store.addChangeSet(record);
  for (const { message } of prepared.refusals) tools.report?.(message);
  return record;
}

function nameOf(nameOrArn: string): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn.split('/')[1]! : nameOrArn;
}

function checkChangeSetName(name: string): void {
  if (/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(name)) return;
  throw validationError(
    `1 validation error detected: Value '${name}' at 'changeSetName' failed to satisfy constraint: Member must satisfy ` +
      'regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*',
  );
}

/** The same request twice gives the same change set; another one under its name is refused. */
function again(known: ChangeSetRecord, { clientRequestToken, name }: ChangeSetInput): ChangeSetRecord {
  if (clientRequestToken !== undefined && clientRequestToken === known.clientToken) return known;
  throw changeSetExists(name);
}

function checkStack(stack: StackRecord | undefined, { stackName, type }: ChangeSetInput): void {
  if (type === 'CREATE') {
    if (!stack || stack.status === 'REVIEW_IN_PROGRESS') return;
    throw validationError(
      `Stack [${stack.stackName}] already exists and cannot be created again with the changeSet [CREATE]`,
    );
  }
  if (!stack || stack.status === 'DELETE_COMPLETE') throw stackDoesNotExist(stackName);
  const { status, stackId } = stack;
  const isPaused = status === 'CREATE_FAILED' || status === 'UPDATE_FAILED';
  if (status.endsWith('_COMPLETE') && status !== 'ROLLBACK_COMPLETE') return;
  if (!isPaused) throw wrongState(stack.stackName, stackId, status, 'updated');
}

function review(
  tools: StackTools,
  identity: Pick<StackRecord, 'stackName' | 'stackId'>,
  input: ChangeSetInput,
): StackRecord {
  tools.store.add(newStack(tools, identity, input));
  const stack = tools.store.find(identity.stackId)!;
  enterStatus(tools, stack, 'REVIEW_IN_PROGRESS', 'User Initiated');
  return stack;
}

function recordOf(tools: StackTools, stack: StackRecord, input: ChangeSetInput, prepared: PreparedStack) {
  const { accountId, region, kernel } = tools.host;
  return {
    changeSetId: `arn:aws:cloudformation:${region}:${accountId}:changeSet/${input.name}/${kernel.random.uuid()}`,
    name: input.name,
    type: input.type,
    stackId: stack.stackId,
    stackName: stack.stackName,
    createdAtMs: kernel.clock.now(),
    operationId: tools.operation.operationId,
    description: input.description,
    clientToken: input.clientRequestToken,
    onStackFailure: input.onFailure,
    template: input.template,
    templateBody: input.templateBody ?? JSON.stringify(input.template),
    parameters: prepared.parameters,
    tags: { ...input.tags },
    capabilities: [...(input.capabilities ?? [])],
    notificationArns: [...(input.notificationArns ?? [])],
    roleArn: input.roleArn,
    refusals: prepared.refusals,
  };
}

function outcomeOf(
  stack: StackRecord,
  prepared: PreparedStack,
  input: ChangeSetInput,
  changes: number,
): Pick<ChangeSetRecord, 'status' | 'statusReason' | 'executionStatus'> {
  const failed = (statusReason: string) =>
    ({ status: 'FAILED', statusReason, executionStatus: 'UNAVAILABLE' }) as const;
  if (prepared.refusals.length > 0) return failed(REFUSED);
  const isUpdate = input.type === 'UPDATE' && !stack.undo;
  if (isUpdate && changes === 0 && !changesAnything(stack, prepared, input.tags)) return failed(NO_CHANGES);
  return { status: 'CREATE_COMPLETE', executionStatus: 'AVAILABLE' };
}
