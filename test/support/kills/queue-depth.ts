import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';

const NAMES = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;

/** How many messages a queue has, those that are being worked on included. */
export async function queueDepth(sqs: SQSClient, QueueUrl: string): Promise<number> {
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...NAMES] }));
  return NAMES.reduce((sum, name) => sum + Number(Attributes?.[name] ?? 0), 0);
}
