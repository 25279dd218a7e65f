import type { Action } from '../../../wire/service';
import { addMessage, type MessageInput, type SendResult } from '../new-message';
import type { Sqs } from '../sqs';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
export function sendMessage(sqs: Sqs): Action<MessageInput & { QueueUrl?: string }, SendResult> {
  return {
    access: sqs.accessOn('SendMessage'),
    handle: (input, call) => {
      const queue = sqs.queueOf(input);
      const result = addMessage(sqs, queue, input, call.caller);
      sqs.receivers.changed(queue.name);
      return result;
    },
  };
}
