import type { Action } from '../../../wire/service';
import { deleteStack } from '../delete-stack';
import { shortly } from '../shortly';
import type { StackTools } from '../stack-tools';
import { stackOf } from './stack-access';
import { list, operationAccess, type StackRequest } from './stack-request';

interface DeleteStackInput extends StackRequest {
  readonly RetainResources?: readonly string[];
  readonly DeletionMode?: 'STANDARD' | 'FORCE_DELETE_STACK';
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteStack.html */
export function deleteStackAction(tools: StackTools): Action<DeleteStackInput> {
  return {
    access: (input) => operationAccess(tools, 'cloudformation:DeleteStack', input),
    handle: async ({ StackName = '', RetainResources, DeletionMode, RoleARN, ClientRequestToken }, { caller }) => {
      const { done } = await deleteStack(tools, StackName, {
        caller,
        clientRequestToken: ClientRequestToken,
        roleArn: RoleARN,
        retainedResources: list(RetainResources),
        isForced: DeletionMode === 'FORCE_DELETE_STACK',
      });
      await shortly(tools.host.kernel, done);
    },
  };
}

interface UpdateTerminationProtectionInput {
  readonly StackName?: string;
  readonly EnableTerminationProtection?: string | boolean;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateTerminationProtection.html */
export function updateTerminationProtection(tools: StackTools): Action<UpdateTerminationProtectionInput> {
  return {
    access: (input) => operationAccess(tools, 'cloudformation:UpdateTerminationProtection', input),
    handle: ({ StackName, EnableTerminationProtection }) => {
      const { stackId } = stackOf(tools.store, StackName);
      tools.store.change(stackId, { terminationProtection: String(EnableTerminationProtection) === 'true' });
      return { StackId: stackId };
    },
  };
}
