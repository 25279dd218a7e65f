import type { Action } from '../../../wire/service';
import { missingParameter } from '../faults';
import type { Sqs } from '../sqs';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_UntagQueue.html */
export function untagQueue(sqs: Sqs): Action<{ QueueUrl?: string; TagKeys?: string[] }> {
  return {
    access: sqs.accessOn('UntagQueue'),
    handle: (input) => {
      const queue = sqs.queueOf(input);
      const keys = input.TagKeys;
      if (!keys || keys.length === 0) throw missingParameter('TagKeys');
      sqs.store.setTags(queue, Object.fromEntries(Object.entries(queue.tags).filter(([key]) => !keys.includes(key))));
    },
  };
}
