import type { Action } from '../../../wire/service';
import { invalidParameterValue, missingParameter, queueNameExists } from '../faults';
import type { Queue } from '../model';
import { queueArn, queueUrl } from '../queue-address';
import { checkAttributes, checkRedrivePolicy, describeAttributes, isFifo } from '../queue-attributes';
import type { Sqs } from '../sqs';

/** The input of CreateQueue. */
export interface CreateQueueInput {
  readonly QueueName?: string;
  readonly Attributes?: Record<string, string>;
  readonly tags?: Record<string, string>;
}

/** Throws InvalidParameterValue for a name that SQS does not take for a queue of this kind. */
function checkQueueName(name: string | undefined, isFifo: boolean): string {
  if (!name) throw missingParameter('QueueName');
  if (isFifo && !/^(?=.{6,80}$)[A-Za-z0-9_-]+\.fifo$/.test(name)) {
    throw invalidParameterValue(
      'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo ' +
        'suffix and be 1 to 80 in length',
    );
  }
  if (!isFifo && !/^[A-Za-z0-9_-]{1,80}$/.test(name)) {
    throw invalidParameterValue('Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length');
  }
  return name;
}

/** Creates a queue, or gives the one that is there with the same attributes. */
export function addQueue(sqs: Sqs, input: CreateQueueInput, canReplaceDeleted = false): Queue {
  const attributes = Object.fromEntries(Object.entries(input.Attributes ?? {}).filter(([, value]) => value !== ''));
  checkAttributes(attributes);
  const name = checkQueueName(input.QueueName, isFifo({ attributes }));
  const arn = queueArn(sqs.host, name);
  if (attributes.RedrivePolicy) checkRedrivePolicy(attributes.RedrivePolicy, arn, (a) => sqs.store.queueByArn(a));
  const existing = sqs.store.queue(name);
  if (existing) {
    const present = describeAttributes(existing);
    const different = Object.keys(attributes).find((key) => attributes[key] !== present[key]);
    if (different) throw queueNameExists(different);
    return existing;
  }
  const createdAtMs = sqs.now();
  const queue: Queue = { name, arn, createdAtMs, modifiedAtMs: createdAtMs, attributes, tags: { ...input.tags } };
  sqs.store.create(queue, canReplaceDeleted);
  sqs.gauges.used(name);
  return queue;
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html */
export function createQueue(sqs: Sqs): Action<CreateQueueInput> {
  return {
    access: ({ QueueName }) => [{ action: 'sqs:CreateQueue', resource: queueArn(sqs.host, QueueName ?? '') }],
    handle: (input) => ({ QueueUrl: queueUrl(sqs.host, addQueue(sqs, input).name) }),
  };
}
