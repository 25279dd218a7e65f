import type { Caller } from '../../../wire/caller';
import type { Action } from '../../../wire/service';
import { activityAccess, activityOf } from '../activity-lookup';
import { ARN, constrain } from '../constraints';
import type { ServiceContext } from '../context';
import type { WaitingTask } from '../model';
import { makeTaskToken } from '../task-token';

/**
 * A long poll of a minute; without a task the token is null.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetActivityTask.html
 */
export function getActivityTask(context: ServiceContext): Action<{ activityArn: string; workerName?: string }> {
  return {
    access: (input) => activityAccess('GetActivityTask', input.activityArn),
    async handle(input, call) {
      constrain(input, { activityArn: ARN, workerName: { minLength: 1, maxLength: 80 } });
      const activity = activityOf(context, input.activityArn);
      const task = await context.activities.poll(activity.arn, input.workerName, call.signal);
      if (!task) return { taskToken: null };
      if (task.dataKey) await open(context, activity.arn, task, input.workerName, call.caller);
      const { executionArn, taskId } = task;
      return { taskToken: makeTaskToken(context.store.tokenSecret, { executionArn, taskId }), input: task.input };
    },
  };
}

/** Hands an encrypted task over once the worker may read it; one who may not leaves it to others. */
async function open(
  context: ServiceContext,
  activityArn: string,
  task: WaitingTask,
  workerName: string | undefined,
  caller: Caller,
): Promise<void> {
  try {
    await context.encryption.revealed(caller, task.dataKey, () => context.activities.hand(task, workerName));
  } catch (error) {
    if (context.driver.pendingTask(task.executionArn, task.taskId)) context.activities.offer(activityArn, task);
    throw error;
  }
}
