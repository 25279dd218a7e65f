import type { Action } from '../../../wire/service';
import { type BatchEntry, checkBatch, eachEntry } from '../batch';
import type { Sqs } from '../sqs';
import { changeVisibility, type VisibilityInput } from './change-message-visibility';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibilityBatch.html */
export function changeMessageVisibilityBatch(
  sqs: Sqs,
): Action<{ QueueUrl?: string; Entries?: (BatchEntry & VisibilityInput)[] }> {
  return {
    access: sqs.accessOn('ChangeMessageVisibility'),
    handle: (input) => {
      const queue = sqs.queueOf(input);
      const entries = checkBatch(input.Entries, 'ChangeMessageVisibilityBatchRequestEntry');
      const result = eachEntry(entries, (entry) => {
        changeVisibility(sqs, queue, entry);
        return {};
      });
      sqs.receivers.changed(queue.name);
      return result;
    },
  };
}
