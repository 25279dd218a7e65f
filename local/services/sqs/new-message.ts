import { createHash } from 'node:crypto';
import type { Caller } from '../../wire/caller';
import {
  invalidMessageContents,
  invalidParameter,
  invalidParameterValue,
  missingParameter,
  unsupportedOperation,
} from './faults';
import { attributesBytes, attributesMd5, readMessageAttributes } from './message-attributes';
import type { Message, MessageAttribute, MessageDataKey, Queue } from './model';
import { attributeSeconds, maximumMessageBytes } from './queue-attributes';
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
}

/** The size that counts towards the limits, in bytes: body and attributes. */
export function messageBytes(input: MessageInput): number {
  return Buffer.byteLength(input.MessageBody ?? '') + attributesBytes(readMessageAttributes(input.MessageAttributes));
}

/** Validates a message and puts it into the queue. Waiting receivers are not told yet. */
export function addMessage(
  sqs: Sqs,
  queue: Queue,
  input: MessageInput,
  caller: Caller,
  dataKey?: MessageDataKey,
): SendResult {
  const attributes = readMessageAttributes(input.MessageAttributes);
  const body = checkBody(queue, input, attributes);
  const system = readSystemAttributes(input.MessageSystemAttributes);
  const delaySeconds = input.DelaySeconds ?? attributeSeconds(queue, 'DelaySeconds');
  if (!Number.isInteger(delaySeconds) || delaySeconds < 0 || delaySeconds > 900) {
    throw invalidParameter('DelaySeconds', delaySeconds, 'DelaySeconds must be >= 0 and <= 900.');
  }
  if (input.MessageDeduplicationId !== undefined) {
    throw invalidParameterValue('The request include parameter that is not valid for this queue type');
  }
  const nowMs = sqs.now();
  const message: Message = {
    id: sqs.host.kernel.random.uuid(),
    body,
    bodyMd5: createHash('md5').update(body).digest('hex'),
    attributes,
    senderId: senderIdOf(caller),
    sentAtMs: nowMs,
    groupId: input.MessageGroupId,
    traceHeader: system.AWSTraceHeader?.StringValue,
    dataKey,
    state: delaySeconds > 0 ? 'delayed' : 'visible',
    visibleAtMs: nowMs + delaySeconds * 1000,
    receiveCount: 0,
  };
  sqs.store.send(queue, message);
  sqs.count(queue, 'NumberOfMessagesSent');
  sqs.count(queue, 'SentMessageSize', Buffer.byteLength(body) + attributesBytes(attributes), 'Bytes');
  return {
    MessageId: message.id,
    MD5OfMessageBody: message.bodyMd5,
    MD5OfMessageAttributes: attributesMd5(attributes),
    MD5OfMessageSystemAttributes: attributesMd5(system),
  };
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
