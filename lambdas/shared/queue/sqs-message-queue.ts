import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { Sender } from '../aws/sender';
import type { MessageQueue } from './message-queue';

/** A queue of SQS. */
export function createSqsMessageQueue(client: Sender, queueUrl: string): MessageQueue {
  return {
    async send(body, attributes = {}) {
      const MessageAttributes = Object.fromEntries(
        Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
      );
      await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body, MessageAttributes }));
    },
  };
}
