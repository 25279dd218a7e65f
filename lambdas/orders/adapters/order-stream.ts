import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { Invocation } from '../../shared/invocation';
import { errorFields } from '../../shared/observability/log';
import type { Observability } from '../../shared/observability/observe';
import type { BusEvent, EventBus } from '../domain/event-bus';
import { orderEventOf } from '../domain/order-event';
import { toOrder } from './order-rows';

interface PendingEvent {
  readonly sequenceNumber: string;
  readonly orderId: string;
  readonly event: BusEvent;
}

/**
 * Publishes what the stream of the orders table tells. Answers with the first record that failed: Lambda delivers a
 * stream again from there, so those behind it are published at least once, each with its stable id.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 */
export function createOrderStreamHandler({ bus, log, meter }: { bus: EventBus } & Observability) {
  return async (event: DynamoDBStreamEvent, _invocation: Invocation): Promise<DynamoDBBatchResponse> => {
    const pending = event.Records.flatMap(pendingEvent);
    const taken = await bus.put(pending.map((one) => one.event)).catch((error) => {
      log.error('The bus could not be reached', errorFields(error));
      return pending.map(() => false);
    });
    meter.count('OrderEventPublished', taken.filter(Boolean).length);
    const firstFailed = pending[taken.indexOf(false)];
    if (!firstFailed) return { batchItemFailures: [] };
    meter.count('OrderEventFailed');
    log.warn('The bus refused an event; the stream is read again from there', {
      sequenceNumber: firstFailed.sequenceNumber,
      orderId: firstFailed.orderId,
      refused: taken.filter((isTaken) => !isTaken).length,
    });
    return { batchItemFailures: [{ itemIdentifier: firstFailed.sequenceNumber }] };
  };
}

function pendingEvent({ dynamodb }: DynamoDBRecord): PendingEvent[] {
  const after = dynamodb?.NewImage && toOrder(dynamodb.NewImage);
  const event = orderEventOf(dynamodb?.OldImage && toOrder(dynamodb.OldImage), after);
  if (!after || !event || !dynamodb?.SequenceNumber) return [];
  return [{ sequenceNumber: dynamodb.SequenceNumber, orderId: after.orderId, event }];
}
