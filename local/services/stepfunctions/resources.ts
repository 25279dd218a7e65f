import type { ResourceProvider } from '../../wire/resource-provider';
import type { ServiceContext } from './context';
import { activityResource } from './resources/activity';
import { stateMachineResource } from './resources/state-machine';
import { stateMachineAliasResource } from './resources/state-machine-alias';
import { stateMachineVersionResource } from './resources/state-machine-version';

/** The CloudFormation resource types of Step Functions. */
export function stepFunctionsResources(context: ServiceContext): ResourceProvider[] {
  return [
    stateMachineResource(context),
    activityResource(context),
    stateMachineVersionResource(context),
    stateMachineAliasResource(context),
  ];
}
