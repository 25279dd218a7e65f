import type { PropertySpec, ResourceContext, ResourceProvider, ResourceResult } from '../../wire/resource-provider';
import { addQueue } from './actions/create-queue';
import type { Queue } from './model';
import { queueUrl } from './queue-address';
import { checkAttributes, checkRedrivePolicy } from './queue-attributes';
import type { Sqs } from './sqs';

const ENCRYPTION = { inert: 'encryption at rest: messages live in the memory of this process' } as const;

const QUEUE_PROPERTIES: PropertySpec = {
  QueueName: 'emulated',
  ContentBasedDeduplication: 'emulated',
  DeduplicationScope: 'emulated',
  DelaySeconds: 'emulated',
  FifoQueue: 'emulated',
  FifoThroughputLimit: 'emulated',
  KmsDataKeyReusePeriodSeconds: { inert: 'KMS is asked at each request, and not once a period' },
  KmsMasterKeyId: 'emulated',
  MaximumMessageSize: 'emulated',
  MessageRetentionPeriod: 'emulated',
  ReceiveMessageWaitTimeSeconds: 'emulated',
  RedriveAllowPolicy: 'emulated',
  RedrivePolicy: 'emulated',
  SqsManagedSseEnabled: ENCRYPTION,
  Tags: 'emulated',
  VisibilityTimeout: 'emulated',
};

const NOT_ATTRIBUTES = ['QueueName', 'Tags'];
const FIFO_SUFFIX = '.fifo';

/** `AWS::SQS::Queue`: Ref is the queue's URL; attributes Arn, QueueName, QueueUrl. */
export function queueResource(sqs: Sqs): ResourceProvider {
  const resultOf = (queue: Queue): ResourceResult => {
    const url = queueUrl(sqs.host, queue.name);
    return { physicalId: url, attributes: { Arn: queue.arn, QueueName: queue.name, QueueUrl: url } };
  };
  return {
    type: 'AWS::SQS::Queue',
    properties: QUEUE_PROPERTIES,
    create: (properties, context) => {
      const QueueName = nameOf(properties, context);
      if (sqs.store.queue(QueueName))
        throw new Error(`Resource of type 'AWS::SQS::Queue' with identifier '${QueueName}' already exists.`);
      const input = { QueueName, Attributes: attributesOf(properties), tags: tagsOf(properties) };
      // CloudFormation waits out the minute after which a deleted queue's name is free again.
      return resultOf(addQueue(sqs, input, true));
    },
    update: (physicalId, properties, previous, context) => {
      const queue = sqs.store.queue(physicalId.split('/').pop() ?? '');
      if (!queue) throw new Error(`The queue ${physicalId} does not exist.`);
      if (properties.QueueName !== previous.QueueName || wantsFifo(properties) !== wantsFifo(previous)) {
        const input = {
          QueueName: nameOf(properties, context),
          Attributes: attributesOf(properties),
          tags: tagsOf(properties),
        };
        return resultOf(addQueue(sqs, input, true));
      }
      const attributes = attributesOf(properties);
      checkAttributes(attributes);
      if (attributes.RedrivePolicy) {
        checkRedrivePolicy(attributes.RedrivePolicy, queue.arn, (arn) => sqs.store.queueByArn(arn));
      }
      // The policy belongs to AWS::SQS::QueuePolicy.
      if (queue.attributes.Policy) attributes.Policy = queue.attributes.Policy;
      sqs.store.replaceAttributes(queue, attributes, sqs.now());
      sqs.store.setTags(queue, tagsOf(properties));
      return resultOf(queue);
    },
    delete: (physicalId) => {
      const name = physicalId.split('/').pop() ?? '';
      if (!sqs.store.queue(name)) return;
      sqs.store.delete(name, sqs.now());
      sqs.receivers.changed(name);
    },
  };
}

/** `AWS::SQS::QueuePolicy`: sets the policy of each queue it names. */
export function queuePolicyResource(sqs: Sqs): ResourceProvider {
  const nameOf = (url: string) => url.split('/').pop() ?? '';
  const setPolicy = (urls: string[], policy: string) => {
    for (const url of urls) {
      const queue = sqs.store.queue(nameOf(url));
      if (!queue) throw new Error(`The specified queue does not exist: ${url}`);
      sqs.store.setAttributes(queue, { Policy: policy }, sqs.now());
    }
  };
  return {
    type: 'AWS::SQS::QueuePolicy',
    properties: { PolicyDocument: 'emulated', Queues: 'emulated' },
    create: (properties, context) => {
      setPolicy(properties.Queues, JSON.stringify(properties.PolicyDocument));
      return { physicalId: context.generateName(100) };
    },
    update: (physicalId, properties, previous) => {
      const dropped = (previous.Queues as string[]).filter((url) => !properties.Queues.includes(url));
      setPolicy(
        dropped.filter((url) => sqs.store.queue(nameOf(url))),
        '',
      );
      setPolicy(properties.Queues, JSON.stringify(properties.PolicyDocument));
      return { physicalId };
    },
    delete: (_physicalId, properties) => {
      setPolicy(
        (properties.Queues as string[]).filter((url) => sqs.store.queue(nameOf(url))),
        '',
      );
    },
  };
}

function wantsFifo({ FifoQueue }: Record<string, unknown>): boolean {
  return String(FifoQueue ?? 'false') === 'true';
}

/** CloudFormation ends the names that it makes for FIFO queues as SQS wants them. */
function nameOf(properties: Record<string, any>, context: ResourceContext): string {
  if (properties.QueueName !== undefined) return properties.QueueName;
  return wantsFifo(properties)
    ? `${context.generateName(80 - FIFO_SUFFIX.length)}${FIFO_SUFFIX}`
    : context.generateName(80);
}

function attributesOf(properties: Record<string, unknown>): Record<string, string> {
  const entries = Object.entries(properties).filter(
    // A template may say that a queue is no FIFO queue; the API has no word for that.
    ([name, value]) =>
      !NOT_ATTRIBUTES.includes(name) && value !== undefined && !(name === 'FifoQueue' && String(value) === 'false'),
  );
  return Object.fromEntries(
    entries.map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]),
  );
}

function tagsOf(properties: { Tags?: { Key: string; Value: string }[] }): Record<string, string> {
  return Object.fromEntries((properties.Tags ?? []).map(({ Key, Value }) => [Key, Value]));
}
