import type { Action } from '../../../wire/service';
import { invalidParameter, missingParameter } from '../faults';
import { policyWith, statementsOf } from '../queue-policy';
import type { Sqs } from '../sqs';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_RemovePermission.html */
export function removePermission(sqs: Sqs): Action<{ QueueUrl?: string; Label?: string }> {
  return {
    access: sqs.accessOn('RemovePermission'),
    handle: (input) => {
      const queue = sqs.queueOf(input);
      if (!input.Label) throw missingParameter('Label');
      const statements = statementsOf(queue);
      const left = statements.filter(({ Sid }) => Sid !== input.Label);
      if (left.length === statements.length) {
        throw invalidParameter('Label', input.Label, "can't find label on existing policy");
      }
      sqs.store.setAttributes(queue, { Policy: policyWith(queue, left) }, sqs.now());
    },
  };
}
