import type { Action } from '../../../wire/service';
import { constrain, TOKEN } from '../constraints';
import type { ServiceContext } from '../context';
import { pendingTaskOf, tokenAccess } from '../task-lookup';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskFailure.html */
export function sendTaskFailure(
  context: ServiceContext,
): Action<{ taskToken: string; error?: string; cause?: string }> {
  return {
    access: (input) => tokenAccess(context, 'SendTaskFailure', input.taskToken),
    handle(input) {
      constrain(input, { taskToken: TOKEN, error: { maxLength: 256 }, cause: { maxLength: 32768 } });
      const { executionArn, taskId, settle } = pendingTaskOf(context, input.taskToken);
      settle();
      const { error, cause } = input;
      context.driver.post(executionArn, { kind: 'taskFailed', taskId, error, cause });
      return {};
    },
  };
}
