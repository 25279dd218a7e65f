/**
 * Owns what becomes of operations that were under way when an earlier process ended. What an operation does to a resource and what the
 * stack knows of it become durable together, so that each is found at a resource's boundary, save custom resources, whose functions may
 * have been at work: their answers are waited for.
 *
 * A creation or an update fails, and ends as one that fails by itself does; one that will be asked for again stays as it is until then. A
 * way back, a deletion and a cleaning up go on.
 */
import { turnIsDurable } from '../../kernel/journal';
import { failCreate } from './create-stack';
import { runDelete } from './delete-stack';
import { CustomResourceFailure } from './faults';
import type { StackRecord, Step } from './model';
import { reasonLine, summaryOf } from './outcome';
import { changeOf, end, keepResult } from './resource-steps';
import { continueRollBack, finishRollBack } from './roll-back';
import type { StackTools } from './stack-tools';
import { isUnderWay } from './store';
import { failUpdate, finishUpdate, pause } from './update-stack';

/** The reason of a stack whose operation was cut short. */
export const INTERRUPTED = 'The process that was carrying out the operation has ended.';

/** Takes up every operation that was cut short; settles when each has come to its end. Called when all services answer again. */
export async function takeUpOperations(all: StackTools): Promise<void> {
  const underWay = all.store.all().filter(({ status }) => isUnderWay(status));
  releaseChangeSets(all);
  await turnIsDurable(all.host.journal);
  await Promise.all(underWay.map((stack) => takeUp(all, stack)));
}

/** A change set whose operation had not begun can be executed again. */
function releaseChangeSets({ store }: StackTools): void {
  for (const { changeSetId, stackId } of store.executingChangeSets()) {
    if (!isUnderWay(store.find(stackId)!.status)) store.setExecutionStatus(changeSetId, 'AVAILABLE');
  }
}

async function takeUp(all: StackTools, stack: StackRecord): Promise<void> {
  const tools = { ...all, operation: stack.operation ?? all.operation };
  const executed = all.store.executingChangeSets().filter(({ stackId }) => stackId === stack.stackId);
  const succeeds = await goOn(tools, stack).then(
    () => true,
    () => false,
  );
  for (const { changeSetId } of executed) {
    all.store.setExecutionStatus(changeSetId, succeeds ? 'EXECUTE_COMPLETE' : 'EXECUTE_FAILED');
  }
}

async function goOn(tools: StackTools, stack: StackRecord): Promise<void> {
  switch (stack.status) {
    case 'CREATE_IN_PROGRESS':
    case 'UPDATE_IN_PROGRESS': {
      const failures = await endSteps(tools, stack);
      const reasons = failures.length > 0 ? failures.map(reasonLine) : [INTERRUPTED];
      const summary = failures.length > 0 ? `${INTERRUPTED} ${summaryOf(failures)}` : INTERRUPTED;
      if (tools.operation.isRepeated) {
        pause(tools, stack, summary);
        return;
      }
      const fail = stack.status === 'CREATE_IN_PROGRESS' ? failCreate : failUpdate;
      return fail(tools, stack, reasons, summary);
    }
    case 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS':
      dropSteps(tools, stack);
      return finishUpdate(tools, stack);
    case 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS':
      dropSteps(tools, stack);
      await finishRollBack(tools, stack);
      throw new Error(INTERRUPTED);
    case 'DELETE_IN_PROGRESS':
      dropSteps(tools, stack);
      return runDelete(tools, stack);
    default:
      dropSteps(tools, stack);
      await continueRollBack(tools, stack);
      throw new Error(INTERRUPTED);
  }
}

/** Ends the steps forward that were under way; gives those that failed. */
async function endSteps(tools: StackTools, stack: StackRecord) {
  const { stackId } = stack;
  const failures: { logicalId: string; verb: 'create' | 'update'; reason: string }[] = [];
  const endStep = async (step: Step) => {
    const { logicalId } = step.draft;
    const before = stack.resources[logicalId];
    const request = tools.customResources.takeUp(stackId, logicalId);
    const work = () => request ?? Promise.reject(new CustomResourceFailure(INTERRUPTED));
    try {
      const after = keepResult(tools, stack, step, await end(tools, stack, step, work));
      tools.store.work.addChange(stackId, changeOf(before, after));
    } catch (error) {
      failures.push({ logicalId, verb: before ? 'update' : 'create', reason: (error as Error).message });
    }
  };
  await Promise.all(tools.store.work.stepsOf(stackId).map(endStep));
  return failures;
}

/** Steps back and deletions are made again: what they may have done already counts as done. */
function dropSteps(tools: StackTools, stack: StackRecord): void {
  tools.customResources.forget(stack.stackId);
  for (const step of tools.store.work.stepsOf(stack.stackId)) tools.store.work.end(stack.stackId, step);
}
