import { findJsonFault } from '../../../engine/validation/json-text';
import type { Action } from '../../../wire/service';
import { constrain, TOKEN } from '../constraints';
import type { ServiceContext } from '../context';
import { invalidOutput } from '../faults';
import { pendingTaskOf, tokenAccess } from '../task-lookup';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskSuccess.html */
export function sendTaskSuccess(context: ServiceContext): Action<{ taskToken: string; output: string }> {
  return {
    access: (input) => tokenAccess(context, 'SendTaskSuccess', input.taskToken),
    handle(input) {
      constrain(input, { taskToken: TOKEN, output: { required: true, maxLength: 262144 } });
      const { executionArn, taskId, settle } = pendingTaskOf(context, input.taskToken);
      const fault = findJsonFault(input.output);
      if (fault) throw invalidOutput(fault.message);
      settle();
      context.driver.post(executionArn, { kind: 'taskSucceeded', taskId, output: input.output });
      return {};
    },
  };
}
