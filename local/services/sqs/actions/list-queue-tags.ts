import type { Action } from '../../../wire/service';
import type { Sqs } from '../sqs';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueueTags.html */
export function listQueueTags(sqs: Sqs): Action<{ QueueUrl?: string }> {
  return {
    access: sqs.accessOn('ListQueueTags'),
    handle: (input) => {
      const { tags } = sqs.queueOf(input);
      return { Tags: Object.keys(tags).length > 0 ? { ...tags } : undefined };
    },
  };
}
