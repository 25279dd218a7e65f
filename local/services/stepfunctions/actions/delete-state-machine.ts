import type { Action } from '../../../wire/service';
import { parseArn } from '../arn';
import { ARN, constrain } from '../constraints';
import type { ServiceContext } from '../context';
import { machineAccess } from '../machine-lookup';

/**
 * Deletes a machine with its versions and aliases; executions that run are ended. A machine that is not there is no
 * error. https://docs.aws.amazon.com/step-functions/latest/apireference/API_DeleteStateMachine.html
 */
export function deleteStateMachine(context: ServiceContext): Action<{ stateMachineArn: string }> {
  return {
    access: (input) => machineAccess('DeleteStateMachine', input.stateMachineArn),
    handle(input) {
      constrain(input, { stateMachineArn: ARN });
      parseArn(input.stateMachineArn, 'stateMachine');
      const machine = context.store.machines.get(input.stateMachineArn);
      if (!machine) return {};
      context.store.machines.remove(machine.arn);
      for (const executionArn of machine.executions) context.driver.post(executionArn, { kind: 'stop' });
      return {};
    },
  };
}
