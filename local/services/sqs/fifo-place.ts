import { createHash } from 'node:crypto';
import { invalidParameter, invalidParameterValue, missingParameter } from './faults';
import type { Queue } from './model';

/** Where a message stands in a FIFO queue, and by what a second one like it is known. */
export interface FifoPlace {
  readonly groupId: string;
  readonly deduplicationId: string;
  /** The id within its scope: the queue, or the message's group. */
  readonly deduplicationKey: string;
}

/** Group and deduplication ids have up to 128 printable characters of ASCII. */
const TOKEN = /^[\x21-\x7E]{1,128}$/;

/** Throws InvalidParameterValue for an id that SQS does not take. */
export function checkToken(name: string, value: string): void {
  if (TOKEN.test(value)) return;
  const reason = `${name} can only include alphanumeric and punctuation characters. 1 to 128 in length.`;
  throw invalidParameter(name, value, reason);
}

/**
 * The place that a sender gave a message. Throws MissingParameter without a group, InvalidParameterValue without a
 * deduplication id where none is made from the content.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export function fifoPlaceOf(
  queue: Queue,
  input: { readonly MessageGroupId?: string; readonly MessageDeduplicationId?: string },
  body: string,
): FifoPlace {
  const { MessageGroupId: groupId, MessageDeduplicationId: given } = input;
  if (groupId === undefined) throw missingParameter('MessageGroupId');
  checkToken('MessageGroupId', groupId);
  if (given !== undefined) checkToken('MessageDeduplicationId', given);
  const hasContentId = queue.attributes.ContentBasedDeduplication === 'true';
  if (given === undefined && !hasContentId) {
    throw invalidParameterValue(
      'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
  }
  const deduplicationId = given ?? createHash('sha256').update(body).digest('hex');
  const isPerGroup = queue.attributes.DeduplicationScope === 'messageGroup';
  return { groupId, deduplicationId, deduplicationKey: isPerGroup ? `${groupId} ${deduplicationId}` : deduplicationId };
}
