import type { WorkloadAccount } from './account';

/** Keys of a request that came over plain HTTP; no request here does, so that they are handed in. */
const IN_THE_CLEAR = { 'aws:SecureTransport': 'false' };

/** Every queue, every topic and every bucket is asked in the clear; throws an Error for one that answers. */
export async function askInTheClear(account: WorkloadAccount): Promise<void> {
  const { QueueUrls } = await account.call('sqs', 'ListQueues', {});
  for (const QueueUrl of QueueUrls as string[]) {
    const { Attributes } = await account.call('sqs', 'GetQueueAttributes', { QueueUrl, AttributeNames: ['QueueArn'] });
    refuse(account, 'sqs', 'sqs:SendMessage', Attributes.QueueArn);
  }
  const { Topics } = await account.call('sns', 'ListTopics', {});
  for (const { TopicArn } of Topics as { TopicArn: string }[]) refuse(account, 'sns', 'sns:Publish', TopicArn);
  const { Buckets } = await account.call('s3', 'ListBuckets', {});
  for (const { Name } of Buckets as { Name: string }[]) {
    refuse(account, 's3', 's3:ListBucket', `arn:aws:s3:::${Name}`);
    refuse(account, 's3', 's3:GetObject', `arn:aws:s3:::${Name}/any`);
  }
}

function refuse(account: WorkloadAccount, service: string, action: string, resource: string): void {
  if (account.probe(service, action, resource, IN_THE_CLEAR)) throw new Error(`${resource} takes ${action} over HTTP.`);
}
