import type { Action } from '../../../wire/service';
import { missingParameter, queueDoesNotExist } from '../faults';
import { queueArn, queueUrl } from '../queue-address';
import type { Sqs } from '../sqs';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueUrl.html */
export function getQueueUrl(sqs: Sqs): Action<{ QueueName?: string; QueueOwnerAWSAccountId?: string }> {
  return {
    access: ({ QueueName }) => [{ action: 'sqs:GetQueueUrl', resource: queueArn(sqs.host, QueueName ?? '') }],
    handle: ({ QueueName, QueueOwnerAWSAccountId = sqs.host.accountId }) => {
      if (!QueueName) throw missingParameter('QueueName');
      if (QueueOwnerAWSAccountId !== sqs.host.accountId || !sqs.store.queue(QueueName)) throw queueDoesNotExist();
      return { QueueUrl: queueUrl(sqs.host, QueueName) };
    },
  };
}
