import type { Action } from '../../../wire/service';
import { invalidAttributeName } from '../faults';
import { describeAttributes, READ_ONLY_ATTRIBUTES, SETTABLE_ATTRIBUTES } from '../queue-attributes';
import type { Sqs } from '../sqs';

const KNOWN = new Set(['All', ...READ_ONLY_ATTRIBUTES, ...SETTABLE_ATTRIBUTES]);

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html */
export function getQueueAttributes(sqs: Sqs): Action<{ QueueUrl?: string; AttributeNames?: string[] }> {
  return {
    access: sqs.accessOn('GetQueueAttributes'),
    handle: (input) => {
      const queue = sqs.queueOf(input);
      const names = input.AttributeNames ?? [];
      const unknown = names.find((name) => !KNOWN.has(name));
      if (unknown !== undefined) throw invalidAttributeName(unknown);
      if (names.length === 0) return {};
      const counts = sqs.store.counts(queue, sqs.now());
      const all: Record<string, string> = {
        ...describeAttributes(queue),
        QueueArn: queue.arn,
        ApproximateNumberOfMessages: String(counts.visible),
        ApproximateNumberOfMessagesNotVisible: String(counts.inFlight),
        ApproximateNumberOfMessagesDelayed: String(counts.delayed),
        CreatedTimestamp: String(Math.floor(queue.createdAtMs / 1000)),
        LastModifiedTimestamp: String(Math.floor(queue.modifiedAtMs / 1000)),
      };
      const asked = Object.entries(all).filter(([name]) => names.includes('All') || names.includes(name));
      return { Attributes: Object.fromEntries(asked) };
    },
  };
}
