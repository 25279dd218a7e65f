import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Invocation } from '../invocation';
import { errorFields, type LogFields } from '../observability/log';
import type { Observability } from '../observability/observe';

/**
 * Works through a batch of SQS messages side by side; those that fail are named in the answer and come back, the
 * others are deleted. `identify` says what a failure's log line may tell of a message's body. The event source mapping
 * must have ReportBatchItemFailures.
 */
export function createSqsBatchHandler(
  work: (record: SQSRecord) => Promise<void>,
  { log, meter }: Observability,
  identify: (body: string) => LogFields = () => ({}),
) {
  return async (event: SQSEvent, _invocation: Invocation): Promise<SQSBatchResponse> => {
    const handleRecord = async (record: SQSRecord) => {
      try {
        await work(record);
      } catch (error) {
        meter.count('MessageFailed');
        log.error('A message failed and will be delivered again', {
          messageId: record.messageId,
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
