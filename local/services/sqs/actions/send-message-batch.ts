import type { Action } from '../../../wire/service';
import { type BatchEntry, checkBatch, eachEntry } from '../batch';
import { batchRequestTooLong } from '../faults';
import type { MessageDataKey } from '../model';
import { addMessage, type MessageInput, messageBytes } from '../new-message';
import { isEncrypted } from '../queue-encryption';
import type { Sqs } from '../sqs';

/** All messages of a batch together. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const LIMIT_BYTES = 1_048_576;

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html */
export function sendMessageBatch(sqs: Sqs): Action<{ QueueUrl?: string; Entries?: (BatchEntry & MessageInput)[] }> {
  return {
    access: sqs.accessOn('SendMessage'),
    handle: (input, call) => {
      const queue = sqs.queueOf(input);
      const entries = checkBatch(input.Entries, 'SendMessageBatchRequestEntry');
      const bytes = entries.reduce((sum, entry) => sum + messageBytes(entry), 0);
      if (bytes > LIMIT_BYTES) throw batchRequestTooLong(LIMIT_BYTES, bytes);
      const send = (dataKey?: MessageDataKey) => {
        const target = sqs.queueOf(input);
        const result = eachEntry(entries, (entry) => addMessage(sqs, target, entry, call, dataKey));
        sqs.receivers.changed(target.name);
        return result;
      };
      return isEncrypted(queue) ? sqs.encryption.dataKeyFor(queue, call.caller).then(send) : send();
    },
  };
}
