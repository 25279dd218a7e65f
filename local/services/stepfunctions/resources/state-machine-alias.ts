import type { ResourceContext, ResourceProvider } from '../../../wire/resource-provider';
import { createStateMachineAlias } from '../actions/create-state-machine-alias';
import { deleteStateMachineAlias } from '../actions/delete-state-machine-alias';
import { updateStateMachineAlias } from '../actions/update-state-machine-alias';
import type { ServiceContext } from '../context';
import type { Route } from '../model';
import { cloudFormationCall } from './cloudformation-call';

interface AliasProperties {
  Name?: string;
  Description?: string;
  RoutingConfiguration?: { StateMachineVersionArn: string; Weight: number }[];
  DeploymentPreference?: { StateMachineVersionArn: string; Type: string };
}

const NAME_LENGTH = 80;

/** `AWS::StepFunctions::StateMachineAlias`: Ref and Arn are the alias's ARN. */
export function stateMachineAliasResource(context: ServiceContext): ResourceProvider<AliasProperties> {
  const create = async (properties: AliasProperties, resource: ResourceContext) => {
    const input = {
      name: properties.Name ?? resource.generateName(NAME_LENGTH),
      description: properties.Description,
      routingConfiguration: routesOf(properties, resource),
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
      DeploymentPreference: { members: { StateMachineVersionArn: 'emulated', Type: 'emulated' } },
    },
    create,
    async update(physicalId, properties, previous, resource) {
      if (properties.Name !== previous.Name) return create(properties, resource);
      const input = {
        stateMachineAliasArn: physicalId,
        description: properties.Description ?? '',
        routingConfiguration: routesOf(properties, resource),
      };
      await updateStateMachineAlias(context).handle(input, cloudFormationCall(context));
      return { physicalId, attributes: { Arn: physicalId } };
    },
    async delete(physicalId) {
      await deleteStateMachineAlias(context).handle({ stateMachineAliasArn: physicalId }, cloudFormationCall(context));
    },
  };
}

function routesOf(properties: AliasProperties, resource: ResourceContext): Route[] {
  const { DeploymentPreference: preference, RoutingConfiguration: routes } = properties;
  if (preference && preference.Type !== 'ALL_AT_ONCE') {
    throw new Error(
      `${resource.logicalId}: DeploymentPreference.Type '${preference.Type}' is not emulated; use ALL_AT_ONCE or RoutingConfiguration`,
    );
  }
  if (preference) return [{ stateMachineVersionArn: preference.StateMachineVersionArn, weight: 100 }];
  return (routes ?? []).map(({ StateMachineVersionArn, Weight }) => ({
    stateMachineVersionArn: StateMachineVersionArn,
    weight: Weight,
  }));
}
