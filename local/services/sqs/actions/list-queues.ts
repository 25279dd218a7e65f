import type { Action } from '../../../wire/service';
import { pageOf } from '../page';
import { queueUrl } from '../queue-address';
import type { Sqs } from '../sqs';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueues.html */
export function listQueues(sqs: Sqs): Action<{ QueueNamePrefix?: string; MaxResults?: number; NextToken?: string }> {
  return {
    access: () => [{ action: 'sqs:ListQueues', resource: '*' }],
    handle: ({ QueueNamePrefix = '', MaxResults, NextToken: token }) => {
      const names = sqs.store.all().filter((queue) => queue.name.startsWith(QueueNamePrefix));
      const all = names.map((queue) => queueUrl(sqs.host, queue.name));
      const { urls, NextToken } = pageOf(all, MaxResults, token);
      return { QueueUrls: urls.length > 0 ? urls : undefined, NextToken };
    },
  };
}
