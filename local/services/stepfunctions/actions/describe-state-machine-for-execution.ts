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
    handle(input, { caller }) {
      constrain(input, { executionArn: ARN, includedData: { values: ['ALL_DATA', 'METADATA_ONLY'] } });
      const execution = executionOf(context, input.executionArn);
      const revision = context.store.machines.revision(execution.revisionKey);
      // The definition of a Map's children has to be taken out of the whole one, which is encrypted.
      const isNeeded = input.includedData !== 'METADATA_ONLY' || execution.mapRunArn !== undefined;
      return context.encryption.revealed(caller, isNeeded ? revision.dataKey : undefined, () => ({
        stateMachineArn: execution.machineArn,
        name: machineNameOf(execution.machineArn),
        updateDate: seconds(revision.date),
        ...(execution.mapRunArn === undefined ? {} : { mapRunArn: execution.mapRunArn }),
        ...describeRevision(revision, input.includedData),
      }));
    },
  };
}
