import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import type { EventBus } from '../../shared/events/event-bus';
import { createEventStreamHandler, type RowEvent } from '../../shared/events/event-stream';
import type { Observability } from '../../shared/observability/observe';
import { requestEventOf } from '../domain/request-event';
import { fromRequestRow } from './request-rows';

/** Publishes what the stream of the approvals table tells of requests; see createEventStreamHandler. */
export function createRequestEventStream(props: { bus: EventBus } & Observability) {
  return createEventStreamHandler({ ...props, eventOf, metric: 'ApprovalEvent' });
}

function eventOf({ dynamodb }: DynamoDBRecord): RowEvent | undefined {
  const after = requestIn(dynamodb?.NewImage);
  const event = requestEventOf(requestIn(dynamodb?.OldImage), after);
  return after && event && { event, about: { requestId: after.requestId, correlationId: after.correlationId } };
}

/** Rows of links are in the same table. */
function requestIn(image: NonNullable<DynamoDBRecord['dynamodb']>['NewImage']) {
  return image?.request ? fromRequestRow(image as Record<string, AttributeValue>) : undefined;
}
