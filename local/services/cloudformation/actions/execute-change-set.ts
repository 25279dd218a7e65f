import type { Action } from '../../../wire/service';
import { executeChangeSet } from '../change-set/execute-change-set';
import { shortly } from '../shortly';
import type { StackTools } from '../stack-tools';
import { type ChangeSetInput, changeSetOf } from './change-set-lookup';
import { readAccess } from './stack-access';
import { isTrue } from './stack-request';

interface ExecuteChangeSetInput extends ChangeSetInput {
  readonly ClientRequestToken?: string;
  readonly DisableRollback?: string | boolean;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ExecuteChangeSet.html */
export function executeChangeSetAction(tools: StackTools): Action<ExecuteChangeSetInput> {
  return {
    access: readAccess(tools, 'cloudformation:ExecuteChangeSet'),
    handle: async (input, { caller }) => {
      const { done } = await executeChangeSet(tools, changeSetOf(tools.store, input), {
        caller,
        clientRequestToken: input.ClientRequestToken,
        disableRollback: isTrue(input.DisableRollback),
      });
      await shortly(tools.host.kernel, done);
      return {};
    },
  };
}
