import type { Action } from '../../../wire/service';
import { createStack } from '../create-stack';
import { shortly } from '../shortly';
import type { StackTools } from '../stack-tools';
import { updateStack } from '../update-stack';
import { operationAccess, readStackRequest, type StackRequest } from './stack-request';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html */
export function createStackAction(tools: StackTools): Action {
  return begin('cloudformation:CreateStack', tools, createStack);
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateStack.html */
export function updateStackAction(tools: StackTools): Action {
  return begin('cloudformation:UpdateStack', tools, updateStack);
}

function begin(action: string, tools: StackTools, operate: typeof createStack): Action<StackRequest> {
  return {
    access: (request) => operationAccess(tools, action, request),
    handle: async (request, call) => {
      const { stackId, done } = await operate(tools, await readStackRequest(tools, request, call));
      await shortly(tools.host.kernel, done);
      return { StackId: stackId };
    },
  };
}
