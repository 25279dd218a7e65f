import type { Action } from '../../../wire/service';
import { createStack } from '../create-stack';
import type { StackTools } from '../stack-tools';
import { updateStack } from '../update-stack';
import { readStackRequest } from './stack-request';

/**
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html; the template in `TemplateBody`, as
 * JSON.
 */
export function createStackAction(tools: StackTools): Action {
  return begin('cloudformation:CreateStack', tools, createStack);
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateStack.html; the same. */
export function updateStackAction(tools: StackTools): Action {
  return begin('cloudformation:UpdateStack', tools, updateStack);
}

function begin(action: string, tools: StackTools, operate: typeof createStack): Action {
  const { accountId, region } = tools.host;
  return {
    access: ({ StackName }: { StackName: string }) => [
      { action, resource: `arn:aws:cloudformation:${region}:${accountId}:stack/${StackName}/*` },
    ],
    handle: async (request) => {
      const { stackId, done } = await operate(tools, readStackRequest(request));
      // The answer goes out at once; how it ends stands in the stack's status.
      done.catch(() => undefined);
      return { StackId: stackId };
    },
  };
}
