import type { Action } from '../../../wire/service';
import type { StackEvent } from '../model';
import { pageOf } from '../page';
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
    LogicalResourceId: event.logicalId,
    PhysicalResourceId: event.physicalId,
    ResourceType: event.type,
    Timestamp: new Date(event.atMs),
    ResourceStatus: event.status,
    ResourceStatusReason: event.reason,
    ResourceProperties: event.properties,
    ClientRequestToken: event.clientRequestToken,
    OperationId: event.operationId,
  };
}
