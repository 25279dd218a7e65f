import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { type Clock, systemClock } from '../clock';
import type { Invocation } from '../invocation';
import { correlationIdIn } from '../observability/correlation-id';
import { errorFields, type LogFields } from '../observability/log';
import type { Observability } from '../observability/observe';
import { SIGNALS } from '../observability/workflow-signals';

/**
 * Works through a batch of SQS messages side by side; those that fail are named in the answer and come back, the
 * others are deleted. `identify` says what a failure's log line may tell of a message's body. The event source mapping
 * must have ReportBatchItemFailures. Each delivery of a message counts how long it has waited, unless its queue makes
 * all of them wait.
 */
export function createSqsBatchHandler(
  work: (record: SQSRecord) => Promise<void>,
  { log, meter }: Observability,
  identify: (body: string) => LogFields = () => ({}),
  { clock = systemClock, isDelayed = false }: { readonly clock?: Clock; readonly isDelayed?: boolean } = {},
) {
  return async (event: SQSEvent, _invocation: Invocation): Promise<SQSBatchResponse> => {
    const handleRecord = async (record: SQSRecord) => {
      const sentAt = Number(record.attributes?.SentTimestamp);
      if (!isDelayed) meter.seconds(SIGNALS.queueWait, (clock.now() - sentAt) / 1000);
      try {
        await work(record);
      } catch (error) {
        meter.count('MessageFailed');
        log.error('A message failed and will be delivered again', {
          messageId: record.messageId,
          correlationId: correlationIdIn(record.body),
          ...identify(record.body),
          ...errorFields(error),
        });
        throw error;
      }
    };
    return processPartialResponse(event, handleRecord, new BatchProcessor(EventType.SQS), {
      // A batch that failed as a whole is answered like any other, so that each message keeps its own count.
      throwOnFullBatchFailure: false,
    });
  };
}
