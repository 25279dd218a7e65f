import type { Action } from '../../../wire/service';
import type { MessageDataKey } from '../model';
import { addMessage, type MessageInput, type SendResult } from '../new-message';
import { isEncrypted } from '../queue-encryption';
import type { Sqs } from '../sqs';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
export function sendMessage(sqs: Sqs): Action<MessageInput & { QueueUrl?: string }, SendResult> {
  return {
    access: sqs.accessOn('SendMessage'),
    handle: (input, call) => {
      const send = (dataKey?: MessageDataKey) => {
        const queue = sqs.queueOf(input);
        const result = addMessage(sqs, queue, input, call, dataKey);
        sqs.receivers.changed(queue.name);
        return result;
      };
      const queue = sqs.queueOf(input);
      return isEncrypted(queue) ? sqs.encryption.dataKeyFor(queue, call.caller).then(send) : send();
    },
  };
}
