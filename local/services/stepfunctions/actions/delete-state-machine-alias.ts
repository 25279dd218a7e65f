import type { Action } from '../../../wire/service';
import { splitQualifier } from '../arn';
import { ARN, constrain } from '../constraints';
import type { ServiceContext } from '../context';
import { machineAccess } from '../machine-lookup';

/** An alias that is not there is no error. https://docs.aws.amazon.com/step-functions/latest/apireference/API_DeleteStateMachineAlias.html */
export function deleteStateMachineAlias(context: ServiceContext): Action<{ stateMachineAliasArn: string }> {
  return {
    access: (input) => machineAccess('DeleteStateMachineAlias', input.stateMachineAliasArn),
    handle(input) {
      constrain(input, { stateMachineAliasArn: ARN });
      const { machineArn, qualifier } = splitQualifier(input.stateMachineAliasArn);
      const machine = context.store.machines.get(machineArn);
      if (machine) context.store.machines.removeAlias(machine, qualifier);
      return {};
    },
  };
}
