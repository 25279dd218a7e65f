/** The settable attributes of a queue: which there are, what values they take, what they are when nobody set them. */
import { invalidAttributeName, invalidAttributeValue, invalidParameter } from './faults';
import type { Queue, RedrivePolicy } from './model';

/** `[least, most, default]`. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const NUMBERS = {
  DelaySeconds: [0, 900, 0],
  MaximumMessageSize: [1024, 1_048_576, 1_048_576],
  MessageRetentionPeriod: [60, 1_209_600, 345_600],
  ReceiveMessageWaitTimeSeconds: [0, 20, 0],
  VisibilityTimeout: [0, 43_200, 30],
} as const;
const KEY_REUSE_SECONDS = [60, 86_400] as const;
/** The values that the attributes of a FIFO queue take, the default first. */
const FIFO_ONLY: Readonly<Record<string, readonly string[]>> = {
  FifoQueue: ['true'],
  ContentBasedDeduplication: ['false', 'true'],
  DeduplicationScope: ['queue', 'messageGroup'],
  FifoThroughputLimit: ['perQueue', 'perMessageGroupId'],
};

/** What GetQueueAttributes can be asked for beyond the settable attributes. */
export const READ_ONLY_ATTRIBUTES = [
  'QueueArn',
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
  'CreatedTimestamp',
  'LastModifiedTimestamp',
] as const;

/** What SetQueueAttributes takes. */
export const SETTABLE_ATTRIBUTES = [
  ...Object.keys(NUMBERS),
  'Policy',
  'RedrivePolicy',
  'RedriveAllowPolicy',
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
  'SqsManagedSseEnabled',
  ...Object.keys(FIFO_ONLY),
];

/** Whether a queue is a FIFO queue, which it is from its creation on. */
export function isFifo(queue: Pick<Queue, 'attributes'>): boolean {
  return queue.attributes.FifoQueue === 'true';
}

/**
 * Throws InvalidAttributeName or InvalidAttributeValue for what a queue of this kind would not take. `present` is what the
 * queue has already.
 */
export function checkAttributes(attributes: Record<string, string>, present: Record<string, string> = {}): void {
  const all = { ...present, ...attributes };
  for (const [name, value] of Object.entries(attributes)) {
    const isKnown = SETTABLE_ATTRIBUTES.includes(name) && (!Object.hasOwn(FIFO_ONLY, name) || all.FifoQueue === 'true');
    if (!isKnown) throw invalidAttributeName(name);
    if (!isValid(name, value)) throw invalidAttributeValue(name);
  }
  if (all.FifoThroughputLimit === 'perMessageGroupId' && all.DeduplicationScope !== 'messageGroup') {
    throw invalidAttributeValue(
      'FifoThroughputLimit',
      'The perMessageGroupId value is allowed only when the value for DeduplicationScope is messageGroup.',
    );
  }
}

function isValid(name: string, value: unknown): boolean {
  if (typeof value !== 'string') return false;
  if (name in NUMBERS) {
    const [least, most] = NUMBERS[name as keyof typeof NUMBERS];
    return isWithin(value, least, most);
  }
  if (Object.hasOwn(FIFO_ONLY, name)) return FIFO_ONLY[name]!.includes(value);
  if (name === 'SqsManagedSseEnabled') return value === 'true' || value === 'false';
  if (value === '') return true;
  if (name === 'KmsDataKeyReusePeriodSeconds') return isWithin(value, ...KEY_REUSE_SECONDS);
  return name === 'KmsMasterKeyId' || isJsonObject(value);
}

function isWithin(value: string, least: number, most: number): boolean {
  return /^\d+$/.test(value) && Number(value) >= least && Number(value) <= most;
}

function isJsonObject(value: string): boolean {
  try {
    const parsed = JSON.parse(value);
    return parsed !== null && typeof parsed === 'object' && !Array.isArray(parsed);
  } catch {
    return false;
  }
}

/** A numeric attribute of a queue, or its default. */
export function attributeSeconds(queue: Queue, name: Exclude<keyof typeof NUMBERS, 'MaximumMessageSize'>): number {
  return Number(queue.attributes[name] ?? NUMBERS[name][2]);
}

/** The largest message that a queue takes. */
export function maximumMessageBytes(queue: Queue): number {
  return Number(queue.attributes.MaximumMessageSize ?? NUMBERS.MaximumMessageSize[2]);
}

/** All settable attributes as GetQueueAttributes gives them, defaults included. */
export function describeAttributes(queue: Queue): Record<string, string> {
  const defaults = Object.fromEntries(Object.entries(NUMBERS).map(([name, [, , value]]) => [name, String(value)]));
  const encryption: Record<string, string> = queue.attributes.KmsMasterKeyId
    ? { KmsDataKeyReusePeriodSeconds: '300', SqsManagedSseEnabled: 'false' }
    : { SqsManagedSseEnabled: 'true' };
  const fifo = isFifo(queue) ? Object.entries(FIFO_ONLY).map(([name, [value]]) => [name, value]) : [];
  return { ...defaults, ...encryption, ...Object.fromEntries(fifo), ...queue.attributes };
}

/** The redrive policy of a queue, parsed; its maxReceiveCount may be written as a number or a string. */
export function redrivePolicyOf(queue: Queue): RedrivePolicy | undefined {
  return queue.attributes.RedrivePolicy ? parseRedrivePolicy(queue.attributes.RedrivePolicy) : undefined;
}

function parseRedrivePolicy(text: string): RedrivePolicy {
  const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(text);
  return { deadLetterTargetArn, maxReceiveCount: Number(maxReceiveCount) };
}

/** Throws InvalidParameterValue unless the redrive policy names a queue of the same kind that exists and admits this one. */
export function checkRedrivePolicy(text: string, sourceArn: string, find: (arn: string) => Queue | undefined): void {
  const refuse = (reason: string) => invalidParameter('RedrivePolicy', text, reason);
  const policy = parseRedrivePolicy(text);
  if (typeof policy.deadLetterTargetArn !== 'string') {
    throw refuse('Redrive policy does not contain mandatory attribute: deadLetterTargetArn.');
  }
  if (JSON.parse(text).maxReceiveCount === undefined) {
    throw refuse('Redrive policy does not contain mandatory attribute: maxReceiveCount.');
  }
  const { maxReceiveCount } = policy;
  if (!Number.isInteger(maxReceiveCount) || maxReceiveCount < 1 || maxReceiveCount > 1000) {
    throw refuse('Invalid value for maxReceiveCount: must be an integer from 1 to 1000.');
  }
  const target = find(policy.deadLetterTargetArn);
  if (!target) throw refuse('Dead letter target does not exist.');
  if (isFifo(target) !== sourceArn.endsWith('.fifo')) {
    throw refuse('Dead-letter queue must be same type of queue as the source.');
  }
  if (!admitsSource(target, sourceArn)) throw refuse('The dead-letter queue does not allow this source queue.');
}

/** Whether a dead-letter queue's RedriveAllowPolicy lets `sourceArn` send its dead letters there. */
export function admitsSource(target: Queue, sourceArn: string): boolean {
  if (!target.attributes.RedriveAllowPolicy) return true;
  const policy = JSON.parse(target.attributes.RedriveAllowPolicy);
  if (policy.redrivePermission === 'denyAll') return false;
  return policy.redrivePermission !== 'byQueue' || (policy.sourceQueueArns ?? []).includes(sourceArn);
}
