import { receiptHandleIsInvalid } from './faults';
import type { Message, Queue } from './model';

/** The message and the receive that a handle stands for. */
export interface Receipt {
  readonly messageId: string;
  readonly receiveCount: number;
}

/** The handle of the receive that has just been made; every receive of a message has another one. */
export function receiptHandleOf(queue: Queue, message: Message): string {
  return `AQEB${Buffer.from(`${queue.arn} ${message.id} ${message.receiveCount}`).toString('base64')}`;
}

/** Throws ReceiptHandleIsInvalid for a handle that this queue cannot have given out. */
export function readReceiptHandle(queue: Queue, handle: string): Receipt {
  const [arn, messageId, receiveCount] = Buffer.from(handle.slice(4), 'base64').toString().split(' ');
  if (!handle.startsWith('AQEB') || arn !== queue.arn || !messageId || !/^\d+$/.test(receiveCount ?? '')) {
    throw receiptHandleIsInvalid(handle);
  }
  return { messageId, receiveCount: Number(receiveCount) };
}
