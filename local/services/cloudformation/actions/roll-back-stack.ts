import type { Action } from '../../../wire/service';
import { continueUpdateRollback, rollbackStack } from '../resume-rollback';
import { shortly } from '../shortly';
import type { StackTools } from '../stack-tools';
import { list, operationAccess, type StackRequest } from './stack-request';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_RollbackStack.html */
export function rollbackStackAction(tools: StackTools): Action<StackRequest> {
  return {
    access: (input) => operationAccess(tools, 'cloudformation:RollbackStack', input),
    handle: async ({ StackName = '', RoleARN, ClientRequestToken }, { caller }) => {
      const options = { caller, roleArn: RoleARN, clientRequestToken: ClientRequestToken };
      const { stackId, done } = await rollbackStack(tools, StackName, options);
      await shortly(tools.host.kernel, done);
      return { StackId: stackId };
    },
  };
}

interface ContinueUpdateRollbackInput extends StackRequest {
  readonly ResourcesToSkip?: readonly string[];
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ContinueUpdateRollback.html */
export function continueUpdateRollbackAction(tools: StackTools): Action<ContinueUpdateRollbackInput> {
  return {
    access: (input) => operationAccess(tools, 'cloudformation:ContinueUpdateRollback', input),
    handle: async ({ StackName = '', RoleARN, ClientRequestToken, ResourcesToSkip }, { caller }) => {
      const options = { caller, roleArn: RoleARN, clientRequestToken: ClientRequestToken };
      const { done } = await continueUpdateRollback(tools, StackName, list(ResourcesToSkip), options);
      await shortly(tools.host.kernel, done);
    },
  };
}
