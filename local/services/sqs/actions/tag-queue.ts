import type { Action } from '../../../wire/service';
import { invalidParameterValue, missingParameter } from '../faults';
import type { Sqs } from '../sqs';

const LIMIT = 50;

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_TagQueue.html */
export function tagQueue(sqs: Sqs): Action<{ QueueUrl?: string; Tags?: Record<string, string> }> {
  return {
    access: sqs.accessOn('TagQueue'),
    handle: (input) => {
      const queue = sqs.queueOf(input);
      if (!input.Tags || Object.keys(input.Tags).length === 0) throw missingParameter('Tags');
      const tags = { ...queue.tags, ...input.Tags };
      if (Object.keys(tags).length > LIMIT) throw invalidParameterValue(`Too many tags added for queue ${queue.name}.`);
      sqs.store.setTags(queue, tags);
    },
  };
}
