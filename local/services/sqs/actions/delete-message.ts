import type { Action } from '../../../wire/service';
import { invalidParameter, missingParameter } from '../faults';
import type { Queue } from '../model';
import { isFifo } from '../queue-attributes';
import { readReceiptHandle } from '../receipt-handle';
import type { Sqs } from '../sqs';

/**
 * Deletes the message of a receipt handle, in a standard queue also after its visibility timeout. The handle of an earlier
 * receive is accepted and deletes nothing once the message has been received again; so is one of a message that is gone.
 * Waiting receivers are not told yet that a group is free again.
 */
export function removeMessage(sqs: Sqs, queue: Queue, handle: string | undefined): void {
  if (!handle) throw missingParameter('ReceiptHandle');
  const receipt = readReceiptHandle(queue, handle);
  const target = sqs.store.received(queue, receipt.messageId, receipt.receiveCount, sqs.now());
  if (isFifo(queue) && target && !(target.isLatest && target.message.state === 'inFlight')) {
    throw invalidParameter('ReceiptHandle', handle, 'The receipt handle has expired.');
  }
  if (target?.isLatest) sqs.store.remove(queue, target.message);
  sqs.count(queue, 'NumberOfMessagesDeleted');
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessage.html */
export function deleteMessage(sqs: Sqs): Action<{ QueueUrl?: string; ReceiptHandle?: string }> {
  return {
    access: sqs.accessOn('DeleteMessage'),
    handle: (input) => {
      const queue = sqs.queueOf(input);
      removeMessage(sqs, queue, input.ReceiptHandle);
      if (isFifo(queue)) sqs.receivers.changed(queue.name);
    },
  };
}
