import {
  ChangeMessageVisibilityBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { DeadLetter } from './message';

/** Enough for people's eyes, and the most that a show receives. */
export const MOST_SHOWN = 200;
/** How long nobody else sees what was received; whoever ends earlier gives it back. */
export const HIDDEN_SECONDS = 300;
const BATCH = 10;

/** Receives up to ten messages and hides them for five minutes. Empty: none is left that can be received now. */
export async function receiveBatch(sqs: SQSClient, QueueUrl: string): Promise<DeadLetter[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: BATCH,
      VisibilityTimeout: HIDDEN_SECONDS,
      // A long poll asks all of SQS's servers, a short one may overlook messages.
      WaitTimeSeconds: 1,
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['All'],
    }),
  );
  return Messages.map(deadLetter);
}

/**
 * Looks at up to `most` messages without consuming them: they can be received again at once. Each look counts as a receipt; of a FIFO
 * queue only the first ten of each group can be seen.
 */
export async function peek(sqs: SQSClient, queueUrl: string, most = MOST_SHOWN): Promise<DeadLetter[]> {
  const seen = await receiveAll(sqs, queueUrl, most);
  await giveBack(sqs, queueUrl, seen);
  return seen.slice(0, most);
}

/** Receives all messages that can be received now, or some more than `most`; whoever asks gives back what stays. */
export async function receiveAll(sqs: SQSClient, queueUrl: string, most: number): Promise<DeadLetter[]> {
  const seen = new Map<string, DeadLetter>();
  try {
    while (seen.size < most) {
      const batch = await receiveBatch(sqs, queueUrl);
      if (batch.length === 0) break;
      for (const message of batch) seen.set(message.messageId, message);
    }
  } catch (error) {
    await giveBack(sqs, queueUrl, [...seen.values()]);
    throw error;
  }
  return [...seen.values()];
}

/** Lets messages be received again at once. One that is gone by now is left out of account. */
export async function giveBack(sqs: SQSClient, QueueUrl: string, messages: readonly DeadLetter[]): Promise<void> {
  for (let i = 0; i < messages.length; i += BATCH) {
    await sqs.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl,
        Entries: messages
          .slice(i, i + BATCH)
          .map(({ receiptHandle }, n) => ({ Id: `m${n}`, ReceiptHandle: receiptHandle, VisibilityTimeout: 0 })),
      }),
    );
  }
}

function deadLetter({ MessageId, ReceiptHandle, Body, Attributes = {}, MessageAttributes = {} }: Message): DeadLetter {
  return {
    messageId: MessageId!,
    receiptHandle: ReceiptHandle!,
    body: Body!,
    sentAtMs: Number(Attributes.SentTimestamp),
    receiveCount: Number(Attributes.ApproximateReceiveCount),
    groupId: Attributes.MessageGroupId,
    traceHeader: Attributes.AWSTraceHeader,
    attributes: MessageAttributes,
  };
}
