import type { Action } from '../../../wire/service';
import { pageOf } from '../page';
import { queueUrl } from '../queue-address';
import type { Sqs } from '../sqs';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListDeadLetterSourceQueues.html */
export function listDeadLetterSourceQueues(
  sqs: Sqs,
): Action<{ QueueUrl?: string; MaxResults?: number; NextToken?: string }> {
  return {
    access: sqs.accessOn('ListDeadLetterSourceQueues'),
    handle: (input) => {
      const sources = sqs.store.sourcesOf(sqs.queueOf(input).arn).map((queue) => queueUrl(sqs.host, queue.name));
      const { urls, NextToken } = pageOf(sources, input.MaxResults, input.NextToken);
      return { queueUrls: urls, NextToken };
    },
  };
}
