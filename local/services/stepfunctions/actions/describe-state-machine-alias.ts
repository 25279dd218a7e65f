import type { Action } from '../../../wire/service';
import { ARN, constrain } from '../constraints';
import { type ServiceContext, seconds } from '../context';
import { aliasOf, machineAccess } from '../machine-lookup';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachineAlias.html */
export function describeStateMachineAlias(context: ServiceContext): Action<{ stateMachineAliasArn: string }> {
  return {
    access: (input) => machineAccess('DescribeStateMachineAlias', input.stateMachineAliasArn),
    handle(input) {
      constrain(input, { stateMachineAliasArn: ARN });
      const { alias } = aliasOf(context, input.stateMachineAliasArn);
      return {
        stateMachineAliasArn: alias.arn,
        name: alias.name,
        description: alias.description,
        routingConfiguration: alias.routes,
        creationDate: seconds(alias.creationDate),
        updateDate: seconds(alias.updateDate),
      };
    },
  };
}
