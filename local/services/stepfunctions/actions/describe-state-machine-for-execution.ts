import type { Action } from '../../../wire/service';
import { ARN, constrain } from '../constraints';
import { type ServiceContext, seconds } from '../context';
import { executionAccess, executionOf, machineNameOf } from '../execution-lookup';
import { describeRevision } from '../revision-view';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachineForExecution.html */
export function describeStateMachineForExecution(
  context: ServiceContext,
): Action<{ executionArn: string; includedData?: 'ALL_DATA' | 'METADATA_ONLY' }> {
  return {
    access: (input) => executionAccess('DescribeStateMachineForExecution', input.executionArn),
    handle(input) {
      constrain(input, { executionArn: ARN, includedData: { values: ['ALL_DATA', 'METADATA_ONLY'] } });
      const execution = executionOf(context, input.executionArn);
      const revision = context.store.machines.revision(execution.revisionKey);
      return {
        stateMachineArn: execution.machineArn,
        name: machineNameOf(execution.machineArn),
        updateDate: seconds(revision.date),
        ...(execution.mapRunArn === undefined ? {} : { mapRunArn: execution.mapRunArn }),
        ...describeRevision(revision, input.includedData),
      };
    },
  };
}
