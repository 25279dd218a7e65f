import type { Action } from '../../../wire/service';
import { ARN, constrain } from '../constraints';
import { type ServiceContext, seconds } from '../context';
import { machineAccess, resolveMachine } from '../machine-lookup';
import { describeRevision } from '../revision-view';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachine.html */
export function describeStateMachine(
  context: ServiceContext,
): Action<{ stateMachineArn: string; includedData?: 'ALL_DATA' | 'METADATA_ONLY' }> {
  return {
    access: (input) => machineAccess('DescribeStateMachine', input.stateMachineArn),
    handle(input, { caller }) {
      constrain(input, { stateMachineArn: ARN, includedData: { values: ['ALL_DATA', 'METADATA_ONLY'] } });
      const { machine, revision, version } = resolveMachine(context, input.stateMachineArn);
      const dataKey = input.includedData === 'METADATA_ONLY' ? undefined : revision.dataKey;
      return context.encryption.revealed(caller, dataKey, () => ({
        stateMachineArn: version ? version.arn : machine.arn,
        name: machine.name,
        status: 'ACTIVE',
        type: machine.type,
        creationDate: seconds(version ? version.creationDate : machine.creationDate),
        ...(version?.description === undefined ? {} : { description: version.description }),
        ...describeRevision(revision, input.includedData),
      }));
    },
  };
}
