/** The settable attributes of a queue: which there are, what values they take, what they are when nobody set them. */
import { invalidAttributeName, invalidAttributeValue, invalidParameter, unsupportedOperation } from './faults';
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
const FIFO_ONLY = ['FifoQueue', 'ContentBasedDeduplication', 'DeduplicationScope', 'FifoThroughputLimit'];

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
];

/** Throws InvalidAttributeName or InvalidAttributeValue for what SQS would not take. */
export function checkAttributes(attributes: Record<string, string>): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (FIFO_ONLY.includes(name)) {
      throw unsupportedOperation(`FIFO queues are not emulated: the attribute ${name} cannot be set to ${value}.`);
    }
    if (!SETTABLE_ATTRIBUTES.includes(name)) throw invalidAttributeName(name);
    if (!isValid(name, value)) throw invalidAttributeValue(name);
  }
}

function isValid(name: string, value: unknown): boolean {
  if (typeof value !== 'string') return false;
  if (name in NUMBERS) {
    const [least, most] = NUMBERS[name as keyof typeof NUMBERS];
    return isWithin(value, least, most);
  }
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
  return { ...defaults, ...encryption, ...queue.attributes };
}

/** The redrive policy of a queue, parsed; its maxReceiveCount may be written as a number or a string. */
export function redrivePolicyOf(queue: Queue): RedrivePolicy | undefined {
  return queue.attributes.RedrivePolicy ? parseRedrivePolicy(queue.attributes.RedrivePolicy) : undefined;
}

function parseRedrivePolicy(text: string): RedrivePolicy {
  const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(text);
  return { deadLetterTargetArn, maxReceiveCount: Number(maxReceiveCount) };
}

/** Throws InvalidParameterValue unless the redrive policy names a queue that exists and admits this one. */
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
  if (!admitsSource(target, sourceArn)) throw refuse('The dead-letter queue does not allow this source queue.');
}

/** Whether a dead-letter queue's RedriveAllowPolicy lets `sourceArn` send its dead letters there. */
export function admitsSource(target: Queue, sourceArn: string): boolean {
  if (!target.attributes.RedriveAllowPolicy) return true;
  const policy = JSON.parse(target.attributes.RedriveAllowPolicy);
  if (policy.redrivePermission === 'denyAll') return false;
  return policy.redrivePermission !== 'byQueue' || (policy.sourceQueueArns ?? []).includes(sourceArn);
}
