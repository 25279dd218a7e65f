import type { Action } from '../../../wire/service';
import { purgeQueueInProgress } from '../faults';
import type { Sqs } from '../sqs';

const PAUSE_MS = 60_000;

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_PurgeQueue.html */
export function purgeQueue(sqs: Sqs): Action<{ QueueUrl?: string }> {
  return {
    access: sqs.accessOn('PurgeQueue'),
    handle: (input) => {
      const queue = sqs.queueOf(input);
      if (queue.lastPurgedAtMs !== undefined && sqs.now() - queue.lastPurgedAtMs < PAUSE_MS) {
        throw purgeQueueInProgress(queue.name);
      }
      sqs.store.purge(queue, sqs.now());
    },
  };
}
