import type { Action } from '../../../wire/service';
import { invalidParameter, notOfThisQueueType, overLimit, queueDoesNotExist } from '../faults';
import { checkToken } from '../fifo-place';
import { attributesMd5, selectAttributes } from '../message-attributes';
import type { Message, MessageDataKey, Queue, ReceivedBefore } from '../model';
import { attributeSeconds, isFifo } from '../queue-attributes';
import { receiptHandleOf } from '../receipt-handle';
import type { Sqs } from '../sqs';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const IN_FLIGHT_LIMIT = 120_000;

/** The input of ReceiveMessage. */
export interface ReceiveInput {
  readonly QueueUrl?: string;
  readonly MaxNumberOfMessages?: number;
  readonly VisibilityTimeout?: number;
  readonly WaitTimeSeconds?: number;
  /** The former name of MessageSystemAttributeNames. */
  readonly AttributeNames?: string[];
  readonly MessageSystemAttributeNames?: string[];
  readonly MessageAttributeNames?: string[];
  readonly ReceiveRequestAttemptId?: string;
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html */
export function receiveMessage(sqs: Sqs): Action<ReceiveInput, { Messages?: object[] }> {
  return {
    access: sqs.accessOn('ReceiveMessage'),
    handle: async (input, call) => {
      const queue = sqs.queueOf(input);
      const limit = checked('MaxNumberOfMessages', input.MaxNumberOfMessages, 1, 10, 'Must be between 1 and 10') ?? 1;
      const visibilitySeconds =
        checked('VisibilityTimeout', input.VisibilityTimeout, 0, 43_200, 'Must be >= 0 and <= 43200') ??
        attributeSeconds(queue, 'VisibilityTimeout');
      const waitSeconds =
        checked('WaitTimeSeconds', input.WaitTimeSeconds, 0, 20, 'Must be >= 0 and <= 20') ??
        attributeSeconds(queue, 'ReceiveMessageWaitTimeSeconds');
      const attemptId = checkedAttemptId(queue, input.ReceiveRequestAttemptId);
      const again = attemptId === undefined ? undefined : takeAgain(sqs, queue, attemptId, visibilitySeconds * 1000);
      if (again) return { Messages: again.map((message) => render(queue, message, input)) };
      const openKeys = new Set<string>();
      // A deployment may delete and recreate the queue during a long poll: the poll is of the queue that was asked.
      const attempt = () => {
        if (sqs.store.queue(queue.name) !== queue) throw queueDoesNotExist();
        return take(sqs, queue, limit, visibilitySeconds * 1000, waitSeconds === 0, openKeys);
      };
      const deadlineMs = sqs.now() + waitSeconds * 1000;
      let taken = call.signal?.aborted ? undefined : attempt();
      if (!taken && waitSeconds > 0) taken = await sqs.receivers.wait(queue.name, deadlineMs, attempt, call.signal);
      // KMS is asked as the receiver, once for each key, before a message is taken; somebody else may be faster meanwhile.
      while (taken && !Array.isArray(taken)) {
        await sqs.encryption.open(taken.locked, call.caller);
        openKeys.add(taken.locked.keyArn);
        taken = call.signal?.aborted ? undefined : attempt();
        if (!taken && sqs.now() < deadlineMs) {
          taken = await sqs.receivers.wait(queue.name, deadlineMs, attempt, call.signal);
        }
      }
      const messages = taken;
      if (!messages) {
        sqs.count(queue, 'NumberOfEmptyReceives');
        return {};
      }
      if (attemptId !== undefined) rememberAttempt(sqs, queue, attemptId, messages);
      sqs.count(queue, 'NumberOfMessagesReceived', messages.length);
      return { Messages: messages.map((message) => render(queue, message, input)) };
    },
  };
}

function checked(name: string, value: number | undefined, least: number, most: number, reason: string) {
  if (value === undefined || value === null) return undefined;
  if (!Number.isInteger(value) || value < least || value > most) {
    throw invalidParameter(name, value, `${reason}, if provided.`);
  }
  return value;
}

function checkedAttemptId(queue: Queue, id: string | undefined): string | undefined {
  if (id === undefined) return undefined;
  if (!isFifo(queue)) throw notOfThisQueueType('ReceiveRequestAttemptId', id);
  checkToken('ReceiveRequestAttemptId', id);
  return id;
}

/** What the receive of the same attempt id took, if nobody has touched it since; its visibility timeout begins anew. */
function takeAgain(sqs: Sqs, queue: Queue, attemptId: string, visibilityMs: number): Message[] | undefined {
  const before = sqs.store.attempts.find(queue.name, attemptId, sqs.now());
  const messages = before && sqs.store.receiveAgain(queue, before, visibilityMs, sqs.now());
  if (messages) sqs.store.attempts.replace(queue.name, attemptId, messages.map(asReceived));
  return messages;
}

function rememberAttempt(sqs: Sqs, queue: Queue, attemptId: string, messages: Message[]): void {
  sqs.store.attempts.remember(queue.name, attemptId, messages.map(asReceived), sqs.now());
}

function asReceived({ id, receiveCount, visibleAtMs }: Message): ReceivedBefore[number] {
  return { messageId: id, receiveCount, visibleAtMs };
}

/**
 * Messages, or the data key of the next one when its KMS key is not among `openKeys`, or undefined for none. Only a short poll
 * of a standard queue is told that too many are in flight.
 */
function take(
  sqs: Sqs,
  queue: Queue,
  limit: number,
  visibilityMs: number,
  isShortPoll: boolean,
  openKeys: ReadonlySet<string>,
): Message[] | { readonly locked: MessageDataKey } | undefined {
  const room = IN_FLIGHT_LIMIT - sqs.store.counts(queue, sqs.now()).inFlight;
  if (room <= 0) {
    if (isShortPoll && !isFifo(queue)) throw overLimit();
    return undefined;
  }
  const most = Math.min(limit, room);
  let locked: MessageDataKey | undefined;
  const isReadable = ({ dataKey }: Message) => {
    if (!dataKey || openKeys.has(dataKey.keyArn)) return true;
    locked = dataKey;
    return false;
  };
  const { messages, deadLetterQueues } = sqs.store.receive(queue, most, visibilityMs, sqs.now(), isReadable);
  for (const name of deadLetterQueues) {
    sqs.gauges.used(name);
    sqs.receivers.changed(name);
  }
  if (messages.length > 0) return messages;
  return locked && { locked };
}

function render(queue: Queue, message: Message, input: ReceiveInput): object {
  const names = [...(input.AttributeNames ?? []), ...(input.MessageSystemAttributeNames ?? [])];
  const attributes = selectAttributes(message.attributes, input.MessageAttributeNames);
  const hasAttributes = Object.keys(attributes).length > 0;
  return {
    MessageId: message.id,
    ReceiptHandle: receiptHandleOf(queue, message),
    MD5OfBody: message.bodyMd5,
    Body: message.body,
    Attributes: names.length > 0 ? systemAttributes(message, names) : undefined,
    MD5OfMessageAttributes: attributesMd5(attributes),
    MessageAttributes: hasAttributes ? attributes : undefined,
  };
}

function systemAttributes(message: Message, names: string[]): Record<string, string> {
  const all: Record<string, string | undefined> = {
    SenderId: message.senderId,
    SentTimestamp: String(message.sentAtMs),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAtMs),
    AWSTraceHeader: message.traceHeader,
    MessageGroupId: message.groupId,
    MessageDeduplicationId: message.deduplicationId,
    SequenceNumber: message.sequenceNumber,
    DeadLetterQueueSourceArn: message.deadLetterSourceArn,
  };
  const asked = Object.entries(all).filter(
    ([name, value]) => value !== undefined && (names.includes('All') || names.includes(name)),
  );
  return Object.fromEntries(asked) as Record<string, string>;
}
