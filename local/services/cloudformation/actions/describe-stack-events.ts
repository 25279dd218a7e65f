import type { Action } from '../../../wire/service';
import { stackDoesNotExist } from '../faults';
import type { StackStore } from '../store';
import { readAccess } from './stack-access';

/**
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackEvents.html; newest first, all on one
 * page.
 */
export function describeStackEvents(store: StackStore): Action {
  return {
    access: readAccess(store, 'cloudformation:DescribeStackEvents'),
    handle: ({ StackName }: { StackName: string }) => {
      const stack = store.find(StackName);
      if (!stack) throw stackDoesNotExist(StackName);
      const events = [...store.eventsOf(stack.stackId)].reverse();
      return {
        StackEvents: events.map((event) => ({
          StackId: event.stackId,
          EventId: event.eventId,
          StackName: event.stackName,
          LogicalResourceId: event.logicalId,
          PhysicalResourceId: event.physicalId,
          ResourceType: event.type,
          Timestamp: new Date(event.atMs),
          ResourceStatus: event.status,
          ResourceStatusReason: event.reason,
        })),
      };
    },
  };
}
