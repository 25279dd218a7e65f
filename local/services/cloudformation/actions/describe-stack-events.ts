import type { Action } from '../../../wire/service';
import type { StackEvent } from '../model';
import { pageOf } from '../page';
import { resourceMembers } from './event-members';
import { readAccess, type Stacks, stackOf } from './stack-access';

interface DescribeStackEventsInput {
  readonly StackName?: string;
  readonly NextToken?: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackEvents.html; newest first. */
export function describeStackEvents(stacks: Stacks): Action<DescribeStackEventsInput> {
  return {
    access: readAccess(stacks, 'cloudformation:DescribeStackEvents'),
    handle: ({ StackName, NextToken: token }) => {
      const { stackId } = stackOf(stacks.store, StackName);
      const newestFirst = [...stacks.store.eventsOf(stackId)].reverse();
      const { items, NextToken } = pageOf(newestFirst, ({ eventId }) => eventId, token);
      return { StackEvents: items.map(eventView), NextToken };
    },
  };
}

/** An event as DescribeStackEvents gives it. */
function eventView(event: StackEvent) {
  return {
    StackId: event.stackId,
    EventId: event.eventId,
    StackName: event.stackName,
    ...resourceMembers(event),
    OperationId: event.operationId,
  };
}
