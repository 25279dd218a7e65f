import type { Action } from '../../../wire/service';
import { aliasAnswer, readRoutes, refuseBadAliasName } from '../alias-routing';
import { constrain, constrainItems, NAME } from '../constraints';
import { type ServiceContext, seconds } from '../context';
import { conflict } from '../faults';
import { machineAccess } from '../machine-lookup';
import type { Route } from '../model';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachineAlias.html */
export interface CreateAliasInput {
  name: string;
  description?: string;
  routingConfiguration: Route[];
}

/** Creates an alias, or gives the equal one that exists already. */
export function createStateMachineAlias(context: ServiceContext): Action<CreateAliasInput> {
  return {
    access: (input) => machineAccess('CreateStateMachineAlias', firstRoute(input)),
    handle(input) {
      constrain(input, {
        name: NAME,
        description: { maxLength: 256 },
        routingConfiguration: { required: true, isList: true },
      });
      constrainItems('routingConfiguration', input.routingConfiguration, { weight: { minimum: 0, maximum: 100 } });
      refuseBadAliasName(input.name);
      const { machine, routes } = readRoutes(context, input.routingConfiguration);
      const existing = machine.aliases.find((alias) => alias.name === input.name);
      if (existing) {
        const isSame =
          JSON.stringify(existing.routes) === JSON.stringify(routes) && existing.description === input.description;
        if (isSame) return { stateMachineAliasArn: existing.arn, creationDate: seconds(existing.creationDate) };
        throw conflict(
          'Failed to create alias because an alias with the same name and a different routing configuration already exists.',
        );
      }
      const nowMs = context.host.kernel.clock.now();
      const alias = {
        arn: `${machine.arn}:${input.name}`,
        name: input.name,
        description: input.description,
        routes,
        creationDate: nowMs,
        updateDate: nowMs,
      };
      context.store.machines.addAlias(machine, alias);
      return aliasAnswer(alias);
    },
  };
}

function firstRoute(input: CreateAliasInput): unknown {
  return input.routingConfiguration?.[0]?.stateMachineVersionArn;
}
