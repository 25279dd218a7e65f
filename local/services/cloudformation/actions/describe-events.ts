import type { Action } from '../../../wire/service';
import type { ChangeSetRecord } from '../change-set/model';
import { changeSetNotFound, validationError } from '../faults';
import type { StackEvent } from '../model';
import { pageOf } from '../page';
import { resourceMembers } from './event-members';
import { readAccess, type Stacks, stackOf } from './stack-access';
import { isTrue } from './stack-request';

interface DescribeEventsInput {
  readonly StackName?: string;
  readonly ChangeSetName?: string;
  readonly OperationId?: string;
  readonly Filters?: { readonly FailedEvents?: string | boolean };
  readonly NextToken?: string;
}

/**
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeEvents.html; newest first. What of a change set's template was
 * refused before anything was tried comes as validation errors.
 */
export function describeEvents(stacks: Stacks): Action<DescribeEventsInput> {
  return {
    access: readAccess(stacks, 'cloudformation:DescribeEvents'),
    handle: ({ StackName, ChangeSetName, OperationId, Filters, NextToken: token }) => {
      const { store } = stacks;
      if (ChangeSetName) {
        const changeSet = store.findChangeSet(ChangeSetName, StackName);
        if (!changeSet) throw changeSetNotFound(ChangeSetName);
        return { OperationEvents: refusalsOf(changeSet) };
      }
      if (!StackName && !OperationId) {
        throw validationError('One of ChangeSetName, OperationId or StackName must be specified.');
      }
      const ids = StackName ? [stackOf(store, StackName).stackId] : store.all().map(({ stackId }) => stackId);
      const events = ids
        .flatMap((stackId) => store.eventsOf(stackId))
        .filter(({ operationId }) => OperationId === undefined || operationId === OperationId)
        .filter(({ status }) => !isTrue(Filters?.FailedEvents) || status.endsWith('_FAILED'))
        .reverse();
      const { items, NextToken } = pageOf(events, ({ eventId }) => eventId, token);
      return { OperationEvents: items.map(operationEvent), NextToken };
    },
  };
}

function refusalsOf({ refusals, createdAtMs, stackId, operationId, name }: ChangeSetRecord) {
  return refusals.map(({ logicalId, type, path, message }, index) => ({
    EventId: `${name}-${index}`,
    StackId: stackId,
    OperationId: operationId,
    OperationType: 'CREATE_CHANGESET',
    EventType: 'VALIDATION_ERROR',
    LogicalResourceId: logicalId,
    ResourceType: type,
    Timestamp: new Date(createdAtMs),
    ValidationFailureMode: 'FAIL',
    ValidationName: 'PROPERTY_VALIDATION',
    ValidationStatus: 'FAILED',
    ValidationStatusReason: message,
    ValidationPath: path,
  }));
}

function operationEvent(event: StackEvent) {
  const isStack = event.type === 'AWS::CloudFormation::Stack';
  const isFailure = !isStack && event.status.endsWith('_FAILED');
  return {
    EventId: event.eventId,
    StackId: event.stackId,
    OperationId: event.operationId,
    EventType: isFailure ? 'PROVISIONING_ERROR' : isStack ? 'STACK_EVENT' : 'PROGRESS_EVENT',
    ...resourceMembers(event),
  };
}
