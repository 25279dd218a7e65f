import type { Action } from '../../../wire/service';
import { invalidParameter, messageNotInflight, missingParameter } from '../faults';
import type { Queue } from '../model';
import { readReceiptHandle } from '../receipt-handle';
import type { Sqs } from '../sqs';

const LONGEST_SECONDS = 43_200;

/** What ChangeMessageVisibility and an entry of its batch form have in common. */
export interface VisibilityInput {
  readonly ReceiptHandle?: string;
  readonly VisibilityTimeout?: number;
}

/** Sets when the message of a receipt handle becomes visible again; at most twelve hours after it was received. */
export function changeVisibility(sqs: Sqs, queue: Queue, input: VisibilityInput): void {
  const { ReceiptHandle: handle, VisibilityTimeout: seconds } = input;
  if (!handle) throw missingParameter('ReceiptHandle');
  if (seconds === undefined) throw missingParameter('VisibilityTimeout');
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > LONGEST_SECONDS) {
    throw invalidParameter('VisibilityTimeout', seconds, 'Must be between 0 and 43200.');
  }
  const nowMs = sqs.now();
  const receipt = readReceiptHandle(queue, handle);
  const target = sqs.store.received(queue, receipt.messageId, receipt.receiveCount, nowMs);
  if (!target?.isLatest) {
    const reason = 'Message does not exist or is not available for visibility timeout change.';
    throw invalidParameter('ReceiptHandle', handle, reason);
  }
  const { message } = target;
  if (message.state !== 'inFlight') throw messageNotInflight();
  const visibleAtMs = nowMs + seconds * 1000;
  if (visibleAtMs - message.lastReceivedAtMs! > LONGEST_SECONDS * 1000) {
    const reason = 'Total VisibilityTimeout for the message is beyond the limit [43200 seconds]';
    throw invalidParameter('VisibilityTimeout', seconds, reason);
  }
  sqs.store.changeVisibility(queue, message, visibleAtMs, nowMs);
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html */
export function changeMessageVisibility(sqs: Sqs): Action<VisibilityInput & { QueueUrl?: string }> {
  return {
    access: sqs.accessOn('ChangeMessageVisibility'),
    handle: (input) => {
      const queue = sqs.queueOf(input);
      changeVisibility(sqs, queue, input);
      sqs.receivers.changed(queue.name);
    },
  };
}
