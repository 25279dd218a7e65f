import { createHash } from 'node:crypto';
import { DeleteMessageCommand, GetQueueUrlCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { DeadLetter } from './message';

/** What our functions write on a message that they refuse: it speaks of the earlier attempt, not of the message. */
const MARKS_OF_REFUSAL = ['reason', 'errorName', 'originalMessageId'];

/**
 * Sends a dead letter to another queue with its attributes, and gives the new message's id. A FIFO queue takes it under its own group and
 * under an id that comes from the dead letter: sent again within five minutes, as after a deletion that failed, it is delivered
 * once, and it is not taken for the original, which SQS may still remember.
 */
export async function sendTo(sqs: SQSClient, QueueUrl: string, message: DeadLetter): Promise<string> {
  const attributes = Object.entries(message.attributes).filter(([name]) => !MARKS_OF_REFUSAL.includes(name));
  const { MessageId } = await sqs.send(
    new SendMessageCommand({
      QueueUrl,
      MessageBody: message.body,
      MessageAttributes: Object.fromEntries(attributes),
      ...(message.traceHeader && {
        MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: message.traceHeader } },
      }),
      ...(message.groupId && { MessageGroupId: message.groupId }),
      ...(QueueUrl.endsWith('.fifo') && { MessageDeduplicationId: replayIdOf(message) }),
    }),
  );
  return MessageId!;
}

/** Deletes a dead letter that was received. */
export async function deleteFrom(sqs: SQSClient, QueueUrl: string, { receiptHandle }: DeadLetter): Promise<void> {
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: receiptHandle }));
}

/** The URL of a queue of this region by its ARN. */
export async function queueUrlOf(sqs: SQSClient, arn: string): Promise<string> {
  const [, , , , QueueOwnerAWSAccountId, QueueName] = arn.split(':');
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName, QueueOwnerAWSAccountId }));
  return QueueUrl!;
}

function replayIdOf({ messageId }: DeadLetter): string {
  return createHash('sha256').update(`replay/${messageId}`).digest('hex');
}
