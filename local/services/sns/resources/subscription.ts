import type { ResourceProvider } from '../../../wire/resource-provider';
import { addSubscription } from '../new-subscription';
import type { Sns } from '../sns';
import { checkSubscriptionAttributes } from '../subscription-attributes';

interface SubscriptionProperties {
  readonly TopicArn: string;
  readonly Protocol: string;
  readonly Endpoint: string;
  readonly [attribute: string]: unknown;
}

const ATTRIBUTES = ['DeliveryPolicy', 'FilterPolicy', 'FilterPolicyScope', 'RawMessageDelivery', 'RedrivePolicy'];

/** `AWS::SNS::Subscription`: Ref and Arn are the ARN, also of one that waits to be confirmed. */
export function subscriptionResource(sns: Sns): ResourceProvider<SubscriptionProperties> {
  const create = (properties: SubscriptionProperties) => {
    const { TopicArn, Protocol: protocol, Endpoint: endpoint } = properties;
    const attributes = attributesOf(properties);
    const { arn } = addSubscription(sns, sns.topicOf(TopicArn), { protocol, endpoint, attributes });
    return { physicalId: arn, attributes: { Arn: arn } };
  };
  return {
    type: 'AWS::SNS::Subscription',
    properties: {
      DeliveryPolicy: 'emulated',
      Endpoint: 'emulated',
      FilterPolicy: 'emulated',
      FilterPolicyScope: 'emulated',
      Protocol: 'emulated',
      RawMessageDelivery: 'emulated',
      RedrivePolicy: 'emulated',
      Region: { inert: 'there is one region' },
      TopicArn: 'emulated',
    },
    create,
    update: (physicalId, properties, previous) => {
      const isOther = ['TopicArn', 'Protocol', 'Endpoint'].some((name) => properties[name] !== previous[name]);
      const subscription = sns.store.subscription(physicalId);
      if (isOther || !subscription) return create(properties);
      const attributes = attributesOf(properties);
      checkSubscriptionAttributes(attributes, attributes, subscription.protocol);
      sns.store.setSubscriptionAttributes(subscription, attributes);
      return { physicalId, attributes: { Arn: physicalId } };
    },
    delete: (physicalId) => {
      const subscription = sns.store.subscription(physicalId);
      if (subscription) sns.store.deleteSubscription(subscription);
    },
  };
}

function attributesOf(properties: SubscriptionProperties): Record<string, string> {
  const entries = Object.entries(properties).filter(
    ([name, value]) => ATTRIBUTES.includes(name) && value !== undefined,
  );
  return Object.fromEntries(
    entries.map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]),
  );
}
