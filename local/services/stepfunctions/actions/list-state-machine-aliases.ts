import type { Action } from '../../../wire/service';
import { splitQualifier } from '../arn';
import { ARN, constrain, PAGE_SIZE } from '../constraints';
import { type ServiceContext, seconds } from '../context';
import { machineAccess, machineOf } from '../machine-lookup';
import type { PageRequest } from '../page';

/** Of a machine, or of one of its versions. https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListStateMachineAliases.html */
export function listStateMachineAliases(context: ServiceContext): Action<PageRequest & { stateMachineArn: string }> {
  return {
    access: (input) => machineAccess('ListStateMachineAliases', input.stateMachineArn),
    handle(input) {
      constrain(input, { stateMachineArn: ARN, maxResults: PAGE_SIZE });
      const { machineArn, qualifier } = splitQualifier(input.stateMachineArn);
      const machine = machineOf(context, machineArn);
      const aliases = machine.aliases.filter(
        (alias) =>
          qualifier === undefined || alias.routes.some((r) => r.stateMachineVersionArn === input.stateMachineArn),
      );
      const page = context.pager.forwards(aliases, input, `aliases ${input.stateMachineArn}`);
      const stateMachineAliases = page.items.map((alias) => ({
        stateMachineAliasArn: alias.arn,
        creationDate: seconds(alias.creationDate),
      }));
      return { stateMachineAliases, nextToken: page.nextToken };
    },
  };
}
