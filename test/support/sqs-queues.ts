import { CreateQueueCommand, type Message, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** Creates a queue; gives its URL. */
export async function createQueue(sqs: SQSClient, QueueName: string, Attributes?: Record<string, string>) {
  return (await sqs.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl!;
}

/** Up to ten messages of a queue, with all their attributes. */
export async function drain(sqs: SQSClient, QueueUrl: string): Promise<Message[]> {
  const all = { MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All' as const] };
  const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...all });
  return (await sqs.send(command)).Messages ?? [];
}
