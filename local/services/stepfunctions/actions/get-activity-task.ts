import type { Action } from '../../../wire/service';
import { activityAccess, activityOf } from '../activity-lookup';
import { ARN, constrain } from '../constraints';
import type { ServiceContext } from '../context';
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
      const { executionArn, taskId } = task;
      return { taskToken: makeTaskToken(context.store.tokenSecret, { executionArn, taskId }), input: task.input };
    },
  };
}
