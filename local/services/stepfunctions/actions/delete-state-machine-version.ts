import type { Action } from '../../../wire/service';
import { splitQualifier } from '../arn';
import { constrain, LONG_ARN } from '../constraints';
import type { ServiceContext } from '../context';
import { conflict, invalidArn } from '../faults';
import { machineAccess } from '../machine-lookup';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_DeleteStateMachineVersion.html */
export function deleteStateMachineVersion(context: ServiceContext): Action<{ stateMachineVersionArn: string }> {
  return {
    access: (input) => machineAccess('DeleteStateMachineVersion', input.stateMachineVersionArn),
    handle(input) {
      constrain(input, { stateMachineVersionArn: LONG_ARN });
      const arn = input.stateMachineVersionArn;
      const { machineArn, qualifier } = splitQualifier(arn);
      if (qualifier === undefined || !/^\d+$/.test(qualifier)) {
        throw invalidArn(`Resource type not valid in this context: stateMachine`);
      }
      const machine = context.store.machines.get(machineArn);
      if (!machine) return {};
      const referring = machine.aliases.filter((alias) => alias.routes.some((r) => r.stateMachineVersionArn === arn));
      if (referring.length > 0) {
        throw conflict(
          'Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: ' +
            `[${referring.map((alias) => alias.name).join(', ')}]`,
        );
      }
      context.store.machines.removeVersion(machine, arn);
      return {};
    },
  };
}
