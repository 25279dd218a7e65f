import type { Action } from '../../../wire/service';
import { ARN, constrain } from '../constraints';
import { type ServiceContext, seconds } from '../context';
import { conflict } from '../faults';
import { machineAccess, machineOf } from '../machine-lookup';
import { publishVersion } from '../version-publication';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_PublishStateMachineVersion.html */
export function publishStateMachineVersion(
  context: ServiceContext,
): Action<{ stateMachineArn: string; revisionId?: string; description?: string }> {
  return {
    access: (input) => machineAccess('PublishStateMachineVersion', input.stateMachineArn),
    handle(input) {
      constrain(input, { stateMachineArn: ARN, description: { maxLength: 256 } });
      const machine = machineOf(context, input.stateMachineArn);
      const current = context.store.machines.revision(machine.revisionKey).revisionId ?? 'INITIAL';
      if (input.revisionId !== undefined && input.revisionId !== current) {
        throw conflict(
          `Failed to publish the State Machine version for revision ${input.revisionId}. ` +
            `The current State Machine revision is ${current}.`,
        );
      }
      const version = publishVersion(context, machine, input.description);
      return { stateMachineVersionArn: version.arn, creationDate: seconds(version.creationDate) };
    },
  };
}
