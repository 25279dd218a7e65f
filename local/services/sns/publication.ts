/** Owns what makes a message out of a request to publish one. */
import { createHash } from 'node:crypto';
import { validTraceHeader } from '../../wire/trace-header';
import { invalidParameter } from './faults';
import { attributesBytes, readMessageAttributes } from './message-attributes';
import type { Notification, Topic } from './model';
import type { Sns } from './sns';
import { countFor } from './sns-parts';
import { isFifo } from './topic-attributes';

/** What Publish and an entry of PublishBatch have in common. */
export interface PublicationInput {
  readonly Message?: string;
  readonly Subject?: string;
  readonly MessageStructure?: string;
  readonly MessageAttributes?: Record<string, unknown>;
  readonly MessageDeduplicationId?: string;
  readonly MessageGroupId?: string;
}

/** What both answer for a message. */
export interface PublicationResult {
  readonly MessageId: string;
  readonly SequenceNumber?: string;
}

export const LIMIT_BYTES = 262_144;
const TOKEN = /^[\x21-\x7E]{1,128}$/;

/** The size that counts towards the limits, in bytes. */
export function publicationBytes(input: PublicationInput): number {
  return Buffer.byteLength(input.Message ?? '') + attributesBytes(readMessageAttributes(input.MessageAttributes));
}

/**
 * Takes a message in and sends it off to the subscriptions, unless a FIFO topic was sent it within the last five minutes: it is
 * answered as it was then. Throws InvalidParameter, ParameterValueInvalid.
 */
export function publishTo(
  sns: Sns,
  topic: Topic,
  input: PublicationInput,
  traceHeader: string | undefined,
): PublicationResult {
  const content = readContent(input);
  const place = isFifo(topic) ? fifoPlace(topic, input) : standardPlace(input);
  const nowMs = sns.now();
  const before = place.deduplicationKey && sns.store.published.find(topic.arn, place.deduplicationKey, nowMs);
  if (before) return { MessageId: before.messageId, SequenceNumber: before.sequenceNumber };
  const notification: Notification = {
    id: sns.host.kernel.random.uuid(),
    topicArn: topic.arn,
    ...content,
    groupId: place.groupId,
    deduplicationId: place.deduplicationId,
    sequenceNumber: isFifo(topic) ? sns.store.sequence.next(nowMs) : undefined,
    publishedAtMs: nowMs,
    traceHeader: validTraceHeader(traceHeader),
  };
  if (place.deduplicationKey) {
    const published = { messageId: notification.id, sequenceNumber: notification.sequenceNumber! };
    sns.store.published.remember(topic.arn, place.deduplicationKey, published, nowMs);
  }
  countFor(sns.host, topic, 'NumberOfMessagesPublished');
  countFor(sns.host, topic, 'PublishSize', publicationBytes(input), 'Bytes');
  sns.deliverer.publish(topic, notification);
  return { MessageId: notification.id, SequenceNumber: notification.sequenceNumber };
}

function readContent(input: PublicationInput) {
  const { Message: message, Subject: subject } = input;
  if (typeof message !== 'string' || message === '') throw invalidParameter('Empty message');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a subject may not have any.
  if (subject !== undefined && (subject.length > 100 || /^\s|[\x00-\x1f]/.test(subject) || subject === '')) {
    throw invalidParameter('Subject');
  }
  const attributes = readMessageAttributes(input.MessageAttributes);
  if (Buffer.byteLength(message) + attributesBytes(attributes) > LIMIT_BYTES)
    throw invalidParameter('Message too long');
  if (input.MessageStructure === undefined) return { subject, message, attributes };
  if (input.MessageStructure !== 'json') throw invalidParameter('MessageStructure');
  const messageByProtocol = readStructure(message);
  return { subject, message: messageByProtocol.default!, messageByProtocol, attributes };
}

function readStructure(message: string): Record<string, string> {
  let structure: unknown;
  try {
    structure = JSON.parse(message);
  } catch {
    throw invalidParameter('Message Structure - JSON message body failed to parse');
  }
  const texts = Object.entries(structure ?? {}).filter(([, value]) => typeof value === 'string');
  const byProtocol = Object.fromEntries(texts);
  if (byProtocol.default === undefined) {
    throw invalidParameter('Message Structure - No default entry in JSON message body');
  }
  return byProtocol;
}

function fifoPlace(topic: Topic, { Message = '', MessageGroupId, MessageDeduplicationId }: PublicationInput) {
  if (MessageGroupId === undefined) throw invalidParameter('The MessageGroupId parameter is required for FIFO topics');
  checkToken('MessageGroupId', MessageGroupId);
  if (MessageDeduplicationId !== undefined) checkToken('MessageDeduplicationId', MessageDeduplicationId);
  const isByContent = topic.attributes.ContentBasedDeduplication === 'true';
  if (MessageDeduplicationId === undefined && !isByContent) {
    throw invalidParameter(
      'The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
  }
  const deduplicationId = MessageDeduplicationId ?? createHash('sha256').update(Message).digest('hex');
  const isPerGroup = topic.attributes.FifoThroughputScope === 'MessageGroup';
  const deduplicationKey = isPerGroup ? `${MessageGroupId} ${deduplicationId}` : deduplicationId;
  return { groupId: MessageGroupId, deduplicationId, deduplicationKey };
}

/** The group of a standard topic's message is passed on to standard queues. */
function standardPlace({ MessageGroupId, MessageDeduplicationId }: PublicationInput) {
  if (MessageDeduplicationId !== undefined) {
    throw invalidParameter(
      'MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this ' +
        'topic type',
    );
  }
  if (MessageGroupId !== undefined) checkToken('MessageGroupId', MessageGroupId);
  return { groupId: MessageGroupId, deduplicationId: undefined, deduplicationKey: undefined };
}

function checkToken(name: string, value: string): void {
  if (TOKEN.test(value)) return;
  throw invalidParameter(
    `${name} Reason: ${name} can only include alphanumeric and punctuation characters. 1 to 128 in length`,
  );
}
