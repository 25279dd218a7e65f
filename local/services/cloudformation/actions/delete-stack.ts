import type { Action } from '../../../wire/service';
import { deleteStack } from '../delete-stack';
import type { StackTools } from '../stack-tools';
import { readAccess } from './stack-access';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteStack.html */
export function deleteStackAction(tools: StackTools): Action {
  return {
    access: readAccess(tools.store, 'cloudformation:DeleteStack'),
    handle: async ({ StackName }: { StackName: string }) => {
      const { done } = await deleteStack(tools, StackName);
      done.catch(() => undefined);
    },
  };
}
