import type { Action } from '../../../wire/service';
import { ARN, constrain } from '../constraints';
import { type ServiceContext, seconds } from '../context';
import { executionAccess, executionOf } from '../execution-lookup';
import { redriveView } from '../redrive-view';

const CONSTRAINTS = { executionArn: ARN, includedData: { values: ['ALL_DATA', 'METADATA_ONLY'] } };
const INCLUDED = { included: true };

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html */
export function describeExecution(
  context: ServiceContext,
): Action<{ executionArn: string; includedData?: 'ALL_DATA' | 'METADATA_ONLY' }> {
  return {
    access: (input) => executionAccess('DescribeExecution', input.executionArn),
    handle(input, { caller }) {
      constrain(input, CONSTRAINTS);
      const execution = executionOf(context, input.executionArn);
      const isIncluded = input.includedData !== 'METADATA_ONLY';
      const dataKey = isIncluded ? execution.dataKey : undefined;
      return context.encryption.revealed(caller, dataKey, () => ({
        executionArn: execution.arn,
        stateMachineArn: execution.machineArn,
        name: execution.name,
        status: execution.status,
        startDate: seconds(execution.startDate),
        stopDate: seconds(execution.stopDate),
        input: isIncluded ? execution.input : undefined,
        inputDetails: isIncluded ? INCLUDED : undefined,
        output: isIncluded ? execution.output : undefined,
        outputDetails: isIncluded && execution.output !== undefined ? INCLUDED : undefined,
        error: isIncluded ? execution.error : undefined,
        cause: isIncluded ? execution.cause : undefined,
        traceHeader: execution.traceHeader,
        mapRunArn: execution.mapRunArn,
        stateMachineVersionArn: execution.versionArn,
        stateMachineAliasArn: execution.aliasArn,
        ...redriveView(execution, context.host.kernel.clock.now()),
      }));
    },
  };
}
