import type { Action } from '../../../wire/service';
import { constrain, PAGE_SIZE } from '../constraints';
import { type ServiceContext, seconds } from '../context';
import type { PageRequest } from '../page';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListStateMachines.html */
export function listStateMachines(context: ServiceContext): Action<PageRequest> {
  return {
    access: () => [{ action: 'states:ListStateMachines', resource: '*' }],
    handle(input) {
      constrain(input, { maxResults: PAGE_SIZE, nextToken: { minLength: 1, maxLength: 1024 } });
      const { items, nextToken } = context.pager.forwards(context.store.machines.all(), input, 'machines');
      const stateMachines = items.map((machine) => ({
        stateMachineArn: machine.arn,
        name: machine.name,
        type: machine.type,
        creationDate: seconds(machine.creationDate),
      }));
      return { stateMachines, nextToken };
    },
  };
}
