import type { Action } from '../../../wire/service';
import { type BatchEntry, checkBatch, eachEntry } from '../batch';
import { isFifo } from '../queue-attributes';
import type { Sqs } from '../sqs';
import { removeMessage } from './delete-message';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessageBatch.html */
export function deleteMessageBatch(
  sqs: Sqs,
): Action<{ QueueUrl?: string; Entries?: (BatchEntry & { ReceiptHandle?: string })[] }> {
  return {
    access: sqs.accessOn('DeleteMessage'),
    handle: (input) => {
      const queue = sqs.queueOf(input);
      const entries = checkBatch(input.Entries, 'DeleteMessageBatchRequestEntry');
      const result = eachEntry(entries, (entry) => {
        removeMessage(sqs, queue, entry.ReceiptHandle);
        return {};
      });
      if (isFifo(queue)) sqs.receivers.changed(queue.name);
      return result;
    },
  };
}
