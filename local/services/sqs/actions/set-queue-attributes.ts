import type { Action } from '../../../wire/service';
import { missingParameter } from '../faults';
import { checkAttributes, checkRedrivePolicy } from '../queue-attributes';
import type { Sqs } from '../sqs';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
export function setQueueAttributes(sqs: Sqs): Action<{ QueueUrl?: string; Attributes?: Record<string, string> }> {
  return {
    access: sqs.accessOn('SetQueueAttributes'),
    handle: (input) => {
      const queue = sqs.queueOf(input);
      const attributes = input.Attributes ?? {};
      if (Object.keys(attributes).length === 0) throw missingParameter('Attributes');
      checkAttributes(attributes, queue.attributes);
      if (attributes.RedrivePolicy) {
        checkRedrivePolicy(attributes.RedrivePolicy, queue.arn, (arn) => sqs.store.queueByArn(arn));
      }
      sqs.store.setAttributes(queue, attributes, sqs.now());
    },
  };
}
