import type { PropertySpec, ResourceContext, ResourceProvider, ResourceResult } from '../../../wire/resource-provider';
import { topicArn } from '../addresses';
import type { Topic } from '../model';
import { addSubscription } from '../new-subscription';
import { addTopic } from '../new-topic';
import type { Sns } from '../sns';
import { checkTags } from '../tags';
import { checkTopicAttribute, isFifo } from '../topic-attributes';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topic.html */
const PROPERTIES: PropertySpec = {
  ContentBasedDeduplication: 'emulated',
  DataProtectionPolicy: { inert: 'messages are not searched for personal data' },
  DeliveryStatusLogging: { inert: 'deliveries are counted, not logged' },
  DisplayName: 'emulated',
  FifoThroughputScope: 'emulated',
  FifoTopic: 'emulated',
  KmsMasterKeyId: 'emulated',
  SignatureVersion: 'emulated',
  Subscription: { members: { Endpoint: 'emulated', Protocol: 'emulated' } },
  Tags: 'emulated',
  TopicName: 'emulated',
  TracingConfig: { inert: 'the header is handed on, and topics write no segments' },
};

const ATTRIBUTES = [
  'ContentBasedDeduplication',
  'DisplayName',
  'FifoThroughputScope',
  'FifoTopic',
  'KmsMasterKeyId',
  'SignatureVersion',
  'TracingConfig',
];
const FIFO_SUFFIX = '.fifo';

interface TopicProperties {
  readonly TopicName?: string;
  readonly FifoTopic?: boolean | string;
  readonly Subscription?: readonly { readonly Endpoint: string; readonly Protocol: string }[];
  readonly Tags?: readonly { readonly Key?: string; readonly Value?: string }[];
}

/** `AWS::SNS::Topic`: Ref is the ARN; attributes TopicArn, TopicName. */
export function topicResource(sns: Sns): ResourceProvider<TopicProperties> {
  const create = (properties: TopicProperties, context: ResourceContext) => {
    const Name = nameOf(properties, context);
    if (sns.store.topic(topicArn(sns.host, Name))) {
      throw new Error(`Resource of type 'AWS::SNS::Topic' with identifier '${Name}' already exists.`);
    }
    const topic = addTopic(sns, { Name, Attributes: attributesOf(properties), Tags: properties.Tags });
    subscribeAll(sns, topic, properties);
    return resultOf(topic);
  };
  return {
    type: 'AWS::SNS::Topic',
    properties: PROPERTIES,
    create,
    update: (physicalId, properties, previous, context) => {
      if (properties.TopicName !== previous.TopicName || isFifoOf(properties) !== isFifoOf(previous)) {
        return create(properties, context);
      }
      const topic = sns.topicOf(physicalId);
      const attributes = attributesOf(properties);
      for (const [name, value] of Object.entries(attributes)) checkTopicAttribute(name, value, isFifo(topic));
      const kept = Object.entries(topic.attributes).filter(([name]) => !ATTRIBUTES.includes(name));
      sns.store.setTopicAttributes(topic, { ...Object.fromEntries(kept), ...attributes });
      sns.store.setTags(topic, checkTags({}, properties.Tags));
      const isStill = ({ Endpoint, Protocol }: { Endpoint: string; Protocol: string }) =>
        properties.Subscription?.some((other) => other.Endpoint === Endpoint && other.Protocol === Protocol);
      for (const dropped of previous.Subscription ?? []) {
        if (isStill(dropped)) continue;
        const subscription = sns.store
          .subscriptionsTo(topic.arn)
          .find(({ protocol, endpoint }) => protocol === dropped.Protocol && endpoint === dropped.Endpoint);
        if (subscription) sns.store.deleteSubscription(subscription);
      }
      subscribeAll(sns, topic, properties);
      return resultOf(topic);
    },
    delete: (physicalId) => {
      const topic = sns.store.topic(physicalId);
      if (topic) sns.store.deleteTopic(topic);
    },
  };
}

function subscribeAll(sns: Sns, topic: Topic, { Subscription: subscriptions = [] }: TopicProperties): void {
  for (const { Protocol: protocol, Endpoint: endpoint } of subscriptions) {
    addSubscription(sns, topic, { protocol, endpoint, attributes: {} });
  }
}

function resultOf({ arn, name }: Topic): ResourceResult {
  return { physicalId: arn, attributes: { TopicArn: arn, TopicName: name } };
}

function isFifoOf({ FifoTopic }: TopicProperties): boolean {
  return String(FifoTopic ?? 'false') === 'true';
}

/** CloudFormation ends the names that it makes for FIFO topics as SNS wants them. */
function nameOf(properties: TopicProperties, context: ResourceContext): string {
  if (properties.TopicName !== undefined) return properties.TopicName;
  return isFifoOf(properties)
    ? `${context.generateName(256 - FIFO_SUFFIX.length)}${FIFO_SUFFIX}`
    : context.generateName(256);
}

function attributesOf(properties: object): Record<string, string> {
  const entries = Object.entries(properties).filter(
    ([name, value]) => ATTRIBUTES.includes(name) && value !== undefined && !(name === 'FifoTopic' && !isTrue(value)),
  );
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

function isTrue(value: unknown): boolean {
  return String(value) === 'true';
}
