import type { Action } from '../../../wire/service';
import { constrain, TOKEN } from '../constraints';
import type { ServiceContext } from '../context';
import { pendingTaskOf, tokenAccess } from '../task-lookup';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskHeartbeat.html */
export function sendTaskHeartbeat(context: ServiceContext): Action<{ taskToken: string }> {
  return {
    access: (input) => tokenAccess(context, 'SendTaskHeartbeat', input.taskToken),
    handle(input) {
      constrain(input, { taskToken: TOKEN });
      const { executionArn, taskId } = pendingTaskOf(context, input.taskToken);
      context.driver.post(executionArn, { kind: 'taskHeartbeat', taskId });
      return {};
    },
  };
}
