/** A user's or the system's attribute of a message; binary values are kept as base64. */
export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string;
  readonly BinaryValue?: string;
}

/** The data key that a message is encrypted with, itself encrypted by KMS in base64, and the queue it was made for. */
export interface MessageDataKey {
  readonly keyArn: string;
  readonly ciphertext: string;
  readonly queueArn: string;
}

/** Where a message is in its life: waiting out its delay, ready to be received, or with a consumer. */
export type MessageState = 'delayed' | 'visible' | 'inFlight';

/** A message of a queue, as plain data. */
export interface Message {
  readonly id: string;
  readonly body: string;
  readonly bodyMd5: string;
  readonly attributes: Readonly<Record<string, MessageAttribute>>;
  readonly senderId: string;
  /** Kept when the message moves to a dead-letter queue: its retention goes on from here. */
  readonly sentAtMs: number;
  /** Of a FIFO queue always; on a standard queue the tenant that fair queues tell apart. */
  readonly groupId?: string;
  /** FIFO queues only, as `sequenceNumber`. */
  readonly deduplicationId?: string;
  /** Twenty digits, growing within a group. */
  readonly sequenceNumber?: string;
  readonly traceHeader?: string;
  /** Absent when the queue had no KMS key as the message was sent. It stays with the message wherever it is moved. */
  readonly dataKey?: MessageDataKey;
  /** The queue that a dead letter came from. */
  deadLetterSourceArn?: string;
  state: MessageState;
  /** When a delayed or in-flight message becomes visible. */
  visibleAtMs: number;
  receiveCount: number;
  firstReceivedAtMs?: number;
  /** The start of the twelve hours that a message may stay in flight. */
  lastReceivedAtMs?: number;
}

/** A queue without its messages, as plain data. */
export interface Queue {
  readonly name: string;
  readonly arn: string;
  readonly createdAtMs: number;
  modifiedAtMs: number;
  /** The settable attributes that were set, as the API's strings. */
  attributes: Record<string, string>;
  tags: Record<string, string>;
  lastPurgedAtMs?: number;
}

/** How many messages are in each state. */
export type MessageCounts = Record<MessageState, number>;

/** The content of `RedrivePolicy`. */
export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

/** A task that moves the messages of a dead-letter queue, as plain data. */
export interface MoveTask {
  readonly id: string;
  readonly sourceArn: string;
  /** Absent: every message goes back to the queue that it came from. */
  readonly destinationArn?: string;
  /** As the caller asked; absent: as fast as it goes. */
  readonly messagesPerSecond?: number;
  readonly messagesToMove: number;
  readonly startedAtMs: number;
  status: 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';
  messagesMoved: number;
  failureReason?: string;
}

/** What a FIFO queue remembers of a message for the deduplication interval. */
export interface SentBefore {
  readonly messageId: string;
  readonly sequenceNumber: string;
}

/** What a FIFO queue remembers of a receive that had a ReceiveRequestAttemptId, message by message. */
export type ReceivedBefore = readonly {
  readonly messageId: string;
  readonly receiveCount: number;
  readonly visibleAtMs: number;
}[];
