import type { MessageAttributeValue } from '@aws-sdk/client-sqs';

/** A message of a dead-letter queue. */
export interface DeadLetter {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  /** Milliseconds since the epoch: when it was first sent, which for a message that failed is before it came here. */
  readonly sentAtMs: number;
  readonly receiveCount: number;
  readonly groupId?: string;
  readonly traceHeader?: string;
  readonly attributes: Readonly<Record<string, MessageAttributeValue>>;
}

/** The text of an attribute; undefined when it has none. */
export function attributeOf({ attributes }: DeadLetter, name: string): string | undefined {
  return attributes[name]?.StringValue;
}
