import type { Action } from '../../../wire/service';
import type { Sqs } from '../sqs';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteQueue.html */
export function deleteQueue(sqs: Sqs): Action<{ QueueUrl?: string }> {
  return {
    access: sqs.accessOn('DeleteQueue'),
    handle: (input) => {
      const queue = sqs.queueOf(input);
      sqs.store.delete(queue.name, sqs.now());
      sqs.receivers.changed(queue.name);
    },
  };
}
