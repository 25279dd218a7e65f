import type { ResourceContext, ResourceProvider } from '../../../wire/resource-provider';
import { createStateMachineAlias } from '../actions/create-state-machine-alias';
import { deleteStateMachineAlias } from '../actions/delete-state-machine-alias';
import { updateStateMachineAlias } from '../actions/update-state-machine-alias';
import type { ServiceContext } from '../context';
import { checkPreference, type DeploymentPreference, isGradual } from '../deployments/deployment-preference';
import { shiftTraffic } from '../deployments/shift-traffic';
import { validation } from '../faults';
import type { Route } from '../model';
import { cloudFormationCall } from './cloudformation-call';

interface AliasProperties {
  Name?: string;
  Description?: string;
  RoutingConfiguration?: { StateMachineVersionArn: string; Weight: number }[];
  DeploymentPreference?: DeploymentPreference;
}

const NAME_LENGTH = 80;

/**
 * `AWS::StepFunctions::StateMachineAlias`: Ref and Arn are the alias's ARN. With a DeploymentPreference a new alias gets its
 * version at once, and an update lasts as long as the traffic takes to go over.
 */
export function stateMachineAliasResource(context: ServiceContext): ResourceProvider<AliasProperties> {
  const create = async (properties: AliasProperties, resource: ResourceContext) => {
    const input = {
      name: properties.Name ?? resource.generateName(NAME_LENGTH),
      description: properties.Description,
      routingConfiguration: routesOf(properties),
    };
    const { stateMachineAliasArn: arn } = await createStateMachineAlias(context).handle(
      input,
      cloudFormationCall(context),
    );
    return { physicalId: arn, attributes: { Arn: arn } };
  };
  return {
    type: 'AWS::StepFunctions::StateMachineAlias',
    properties: {
      Name: 'emulated',
      Description: 'emulated',
      RoutingConfiguration: { members: { StateMachineVersionArn: 'emulated', Weight: 'number' } },
      DeploymentPreference: {
        members: {
          StateMachineVersionArn: 'emulated',
          Type: 'emulated',
          Percentage: 'number',
          Interval: 'number',
          Alarms: 'emulated',
        },
      },
    },
    create,
    async update(physicalId, properties, previous, resource) {
      if (properties.Name !== previous.Name) return create(properties, resource);
      const routes = routesOf(properties);
      const routesBefore = routesOf(previous);
      const { DeploymentPreference: preference, Description: description = '' } = properties;
      const isShifted =
        preference && isGradual(preference) && !resource.isRollback && !leadTo(preference, routesBefore);
      if (isShifted) refuseTwoOrigins(preference.Type, routesBefore);
      const change = isShifted ? {} : { routingConfiguration: routes };
      await updateStateMachineAlias(context).handle(
        { stateMachineAliasArn: physicalId, description, ...change },
        cloudFormationCall(context),
      );
      if (isShifted) {
        const originArn = routesBefore[0]!.stateMachineVersionArn;
        await shiftTraffic(context, { aliasArn: physicalId, originArn, preference });
      }
      return { physicalId, attributes: { Arn: physicalId } };
    },
    async delete(physicalId) {
      await deleteStateMachineAlias(context).handle({ stateMachineAliasArn: physicalId }, cloudFormationCall(context));
    },
  };
}

/** Where traffic goes when all is done. Throws ValidationException unless one of the two properties says it. */
function routesOf({ DeploymentPreference: preference, RoutingConfiguration: routes }: AliasProperties): Route[] {
  if ((preference === undefined) === (routes === undefined)) {
    throw validation('An alias has either a RoutingConfiguration or a DeploymentPreference, and not both.');
  }
  if (!preference) {
    return routes!.map(({ StateMachineVersionArn, Weight }) => ({
      stateMachineVersionArn: StateMachineVersionArn,
      weight: Weight,
    }));
  }
  checkPreference(preference);
  return [{ stateMachineVersionArn: preference.StateMachineVersionArn, weight: 100 }];
}

/** Whether all traffic goes to the wanted version already. */
function leadTo({ StateMachineVersionArn }: DeploymentPreference, routes: readonly Route[]): boolean {
  return routes.every(({ stateMachineVersionArn }) => stateMachineVersionArn === StateMachineVersionArn);
}

function refuseTwoOrigins(type: string, routes: readonly Route[]): void {
  if (routes.length === 1) return;
  throw validation(
    `Failed to start deployment of type '${type}', invalid initial state detected. Expected the alias to be routing ` +
      '100% of traffic towards one version, but it is currently routing traffic towards two. Update the alias to route ' +
      '100% of traffic towards one version and try the deployment again.',
  );
}
