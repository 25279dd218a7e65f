import { createHash } from 'node:crypto';
import type { CallContext, Caller } from '../../wire/caller';
import { validTraceHeader } from '../../wire/trace-header';
import {
  invalidMessageContents,
  invalidParameter,
  invalidParameterValue,
  missingParameter,
  notOfThisQueueType,
  unsupportedOperation,
} from './faults';
import { checkToken, type FifoPlace, fifoPlaceOf } from './fifo-place';
import { attributesBytes, attributesMd5, readMessageAttributes } from './message-attributes';
import type { Message, MessageAttribute, MessageDataKey, Queue } from './model';
import { attributeSeconds, isFifo, maximumMessageBytes } from './queue-attributes';
import type { Sqs } from './sqs';

/** What SendMessage and an entry of SendMessageBatch have in common. */
export interface MessageInput {
  readonly MessageBody?: string;
  readonly DelaySeconds?: number;
  readonly MessageAttributes?: Record<string, unknown>;
  readonly MessageSystemAttributes?: Record<string, unknown>;
  readonly MessageGroupId?: string;
  readonly MessageDeduplicationId?: string;
}

/** What both answer for a message. */
export interface SendResult {
  readonly MessageId: string;
  readonly MD5OfMessageBody: string;
  readonly MD5OfMessageAttributes?: string;
  readonly MD5OfMessageSystemAttributes?: string;
  readonly SequenceNumber?: string;
}

/** The size that counts towards the limits, in bytes: body and attributes. */
export function messageBytes(input: MessageInput): number {
  return Buffer.byteLength(input.MessageBody ?? '') + attributesBytes(readMessageAttributes(input.MessageAttributes));
}

/**
 * Validates a message and puts it into the queue, unless a FIFO queue was sent it within the last five minutes: it is
 * answered as it was then. Waiting receivers are not told yet.
 */
export function addMessage(
  sqs: Sqs,
  queue: Queue,
  input: MessageInput,
  { caller, traceHeader }: Pick<CallContext, 'caller' | 'traceHeader'>,
  dataKey?: MessageDataKey,
): SendResult {
  const attributes = readMessageAttributes(input.MessageAttributes);
  const body = checkBody(queue, input, attributes);
  const system = readSystemAttributes(input.MessageSystemAttributes);
  const delaySeconds = delayOf(queue, input);
  const nowMs = sqs.now();
  const bodyMd5 = createHash('md5').update(body).digest('hex');
  const answer = (MessageId: string, SequenceNumber?: string): SendResult => ({
    MessageId,
    MD5OfMessageBody: bodyMd5,
    MD5OfMessageAttributes: attributesMd5(attributes),
    MD5OfMessageSystemAttributes: attributesMd5(system),
    SequenceNumber,
  });
  const place = isFifo(queue) ? fifoPlaceOf(queue, input, body) : tenantOf(input);
  const before = place.deduplicationKey && sqs.store.sent.find(queue.name, place.deduplicationKey, nowMs);
  if (before) {
    sqs.count(queue, 'NumberOfDeduplicatedSentMessages');
    return answer(before.messageId, before.sequenceNumber);
  }
  const message: Message = {
    id: sqs.host.kernel.random.uuid(),
    body,
    bodyMd5,
    attributes,
    senderId: senderIdOf(caller),
    sentAtMs: nowMs,
    groupId: place.groupId,
    deduplicationId: place.deduplicationId,
    sequenceNumber: isFifo(queue) ? sqs.store.sequence.next(nowMs) : undefined,
    // The attribute wins over the header of the request.
    traceHeader: system.AWSTraceHeader?.StringValue ?? validTraceHeader(traceHeader),
    dataKey,
    state: delaySeconds > 0 ? 'delayed' : 'visible',
    visibleAtMs: nowMs + delaySeconds * 1000,
    receiveCount: 0,
  };
  sqs.store.send(queue, message);
  if (place.deduplicationKey) {
    const sent = { messageId: message.id, sequenceNumber: message.sequenceNumber! };
    sqs.store.sent.remember(queue.name, place.deduplicationKey, sent, nowMs);
  }
  sqs.count(queue, 'NumberOfMessagesSent');
  sqs.count(queue, 'SentMessageSize', Buffer.byteLength(body) + attributesBytes(attributes), 'Bytes');
  return answer(message.id, message.sequenceNumber);
}

/** A FIFO queue has one delay for all its messages. */
function delayOf(queue: Queue, input: MessageInput): number {
  if (isFifo(queue) && input.DelaySeconds) throw notOfThisQueueType('DelaySeconds', input.DelaySeconds);
  const delaySeconds = (isFifo(queue) ? undefined : input.DelaySeconds) ?? attributeSeconds(queue, 'DelaySeconds');
  if (!Number.isInteger(delaySeconds) || delaySeconds < 0 || delaySeconds > 900) {
    throw invalidParameter('DelaySeconds', delaySeconds, 'DelaySeconds must be >= 0 and <= 900.');
  }
  return delaySeconds;
}

/** On a standard queue the group is the tenant that fair queues tell apart. */
function tenantOf({ MessageGroupId, MessageDeduplicationId }: MessageInput): Partial<FifoPlace> {
  if (MessageDeduplicationId !== undefined) throw notOfThisQueueType('MessageDeduplicationId', MessageDeduplicationId);
  if (MessageGroupId !== undefined) checkToken('MessageGroupId', MessageGroupId);
  return { groupId: MessageGroupId };
}

function checkBody(queue: Queue, input: MessageInput, attributes: Record<string, MessageAttribute>): string {
  const body = input.MessageBody;
  if (typeof body !== 'string' || body === '') throw missingParameter('MessageBody');
  const limitBytes = maximumMessageBytes(queue);
  if (Buffer.byteLength(body) + attributesBytes(attributes) > limitBytes) {
    throw invalidParameterValue(
      `One or more parameters are invalid. Reason: Message must be shorter than ${limitBytes} bytes.`,
    );
  }
  // What XML 1.0 does not allow; a lone surrogate cannot be written as UTF-8 either.
  const forbidden = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u.exec(body);
  if (forbidden) throw invalidMessageContents(`#x${forbidden[0].codePointAt(0)!.toString(16).toUpperCase()}`);
  return body;
}

function readSystemAttributes(input: Record<string, unknown> | undefined): Record<string, MessageAttribute> {
  for (const name of Object.keys(input ?? {})) {
    if (name !== 'AWSTraceHeader') {
      throw unsupportedOperation(`Message system attribute name '${name}' is invalid: the only one is AWSTraceHeader.`);
    }
  }
  return readMessageAttributes(input);
}

/** AWS gives the unique id of the caller's principal; here its readable name takes that place. */
function senderIdOf(caller: Caller): string {
  if (caller.kind === 'service') return caller.principal;
  return (caller.arn.split(':').pop() ?? '').replace(/^(assumed-role|user)\//, '').replace('/', ':');
}
