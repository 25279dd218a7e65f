import type { Action } from '../../../wire/service';
import { readRoutes } from '../alias-routing';
import { ARN, constrain } from '../constraints';
import { type ServiceContext, seconds } from '../context';
import { aliasOf, machineAccess } from '../machine-lookup';
import type { Route } from '../model';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_UpdateStateMachineAlias.html */
export function updateStateMachineAlias(
  context: ServiceContext,
): Action<{ stateMachineAliasArn: string; description?: string; routingConfiguration?: Route[] }> {
  return {
    access: (input) => machineAccess('UpdateStateMachineAlias', input.stateMachineAliasArn),
    handle(input) {
      constrain(input, { stateMachineAliasArn: ARN, description: { maxLength: 256 } });
      const { machine, alias } = aliasOf(context, input.stateMachineAliasArn);
      const { routingConfiguration, description } = input;
      const change = {
        ...(routingConfiguration && { routes: readRoutes(context, routingConfiguration).routes }),
        ...(description !== undefined && { description }),
      };
      context.store.machines.changeAlias(machine, alias, change, context.host.kernel.clock.now());
      return { updateDate: seconds(alias.updateDate) };
    },
  };
}
