import type { Action } from '../../../wire/service';
import { ARN, constrain, PAGE_SIZE } from '../constraints';
import { type ServiceContext, seconds } from '../context';
import { machineAccess, machineOf } from '../machine-lookup';
import type { PageRequest } from '../page';

/** The latest first. https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListStateMachineVersions.html */
export function listStateMachineVersions(context: ServiceContext): Action<PageRequest & { stateMachineArn: string }> {
  return {
    access: (input) => machineAccess('ListStateMachineVersions', input.stateMachineArn),
    handle(input) {
      constrain(input, { stateMachineArn: ARN, maxResults: PAGE_SIZE });
      const machine = machineOf(context, input.stateMachineArn);
      const page = context.pager.backwards(machine.versions, input, `versions ${machine.arn}`, (version) => ({
        stateMachineVersionArn: version.arn,
        creationDate: seconds(version.creationDate),
      }));
      return { stateMachineVersions: page.items, nextToken: page.nextToken };
    },
  };
}
