import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { Invocation } from '../invocation';
import { errorFields, type LogFields } from '../observability/log';
import type { Observability } from '../observability/observe';
import type { BusEvent, EventBus } from './event-bus';

/** An event that a change of a row gives, and what a log line may tell of it. */
export interface RowEvent {
  readonly event: BusEvent;
  readonly about: LogFields;
}

/** What the publisher of a table's stream works with. */
export interface EventStreamProps extends Observability {
  readonly bus: EventBus;
  /** The event of a change, if it gives one. Its id must be the same however often the change is seen. */
  readonly eventOf: (record: DynamoDBRecord) => RowEvent | undefined;
  /** Told of each change that is done with: it is not read again, but after a crash. */
  readonly seen?: (record: DynamoDBRecord) => void;
  /** What is counted: `OrderEvent` gives `OrderEventPublished` and `OrderEventFailed`. */
  readonly metric: string;
}

/**
 * Publishes what a table's stream tells. Answers with the first record that failed: Lambda delivers a stream again from
 * there, so those behind it are published at least once, each with its stable id.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 */
export function createEventStreamHandler({ bus, eventOf, seen, metric, log, meter }: EventStreamProps) {
  return async ({ Records }: DynamoDBStreamEvent, _invocation: Invocation): Promise<DynamoDBBatchResponse> => {
    const pending = Records.flatMap((record) => {
      const found = eventOf(record);
      const sequenceNumber = record.dynamodb?.SequenceNumber;
      return found && sequenceNumber ? [{ ...found, sequenceNumber }] : [];
    });
    const taken = await bus.put(pending.map(({ event }) => event)).catch((error) => {
      log.error('The bus could not be reached', errorFields(error));
      return pending.map(() => false);
    });
    for (const [index, { event, about }] of pending.entries()) {
      if (taken[index]) log.info('The event is published', { type: event.detailType, ...about });
    }
    meter.count(`${metric}Published`, taken.filter(Boolean).length);
    const firstFailed = pending[taken.indexOf(false)];
    const again = Records.findIndex(({ dynamodb }) => dynamodb?.SequenceNumber === firstFailed?.sequenceNumber);
    for (const record of firstFailed ? Records.slice(0, again) : Records) seen?.(record);
    if (!firstFailed) return { batchItemFailures: [] };
    meter.count(`${metric}Failed`);
    log.warn('The bus refused an event; the stream is read again from there', {
      sequenceNumber: firstFailed.sequenceNumber,
      ...firstFailed.about,
      refused: taken.filter((isTaken) => !isTaken).length,
    });
    return { batchItemFailures: [{ itemIdentifier: firstFailed.sequenceNumber }] };
  };
}
