/** The attributes of a subscription: which there are, what values they take, and what is described beside them. */
import { invalidParameter } from './faults';
import { checkFilterPolicy } from './filter-policy';
import type { Subscription } from './model';

/** https://docs.aws.amazon.com/sns/latest/api/API_SetSubscriptionAttributes.html */
const SETTABLE = [
  'DeliveryPolicy',
  'FilterPolicy',
  'FilterPolicyScope',
  'RawMessageDelivery',
  'RedrivePolicy',
  'SubscriptionRoleArn',
];
const WITH_RAW_DELIVERY = ['sqs', 'http', 'https'];

/** Throws InvalidParameter for what a subscription with this protocol does not take; `all` is how it would be. */
export function checkSubscriptionAttributes(
  attributes: Readonly<Record<string, string>>,
  all: Readonly<Record<string, string>>,
  protocol: string,
): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (!SETTABLE.includes(name)) throw invalidParameter('AttributeName');
    checkValue(name, value, protocol);
  }
  if (all.FilterPolicy) checkFilterPolicy(all.FilterPolicy, all.FilterPolicyScope);
}

function checkValue(name: string, value: string, protocol: string): void {
  switch (name) {
    case 'RawMessageDelivery':
      if (!['true', 'false'].includes(value.toLowerCase())) {
        throw invalidParameter(`RawMessageDelivery: Invalid value [${value}]. Must be true or false.`);
      }
      if (value.toLowerCase() === 'true' && !WITH_RAW_DELIVERY.includes(protocol)) {
        throw invalidParameter(
          'Attributes Reason: RawMessageDelivery: Delivery protocol [' +
            `${protocol}] does not support raw message delivery.`,
        );
      }
      return;
    case 'FilterPolicyScope':
      if (!['MessageAttributes', 'MessageBody'].includes(value)) {
        throw invalidParameter(
          `FilterPolicyScope: Invalid value [${value}]. Please use either MessageBody or MessageAttributes`,
        );
      }
      return;
    case 'RedrivePolicy':
      if (value) checkRedrivePolicy(value);
      return;
    case 'DeliveryPolicy':
      if (value) parsed(name, value);
  }
}

function checkRedrivePolicy(text: string): void {
  const { deadLetterTargetArn } = parsed('RedrivePolicy', text);
  if (typeof deadLetterTargetArn !== 'string' || !/^arn:[a-z-]+:sqs:[a-z0-9-]+:\d{12}:.+$/.test(deadLetterTargetArn)) {
    throw invalidParameter('RedrivePolicy: deadLetterTargetArn is an invalid arn');
  }
}

function parsed(name: string, text: string): Record<string, unknown> {
  try {
    const value = JSON.parse(text);
    if (value !== null && typeof value === 'object') return value;
  } catch {
    // Refused below, like JSON that is no object.
  }
  throw invalidParameter(`${name}: failed to parse JSON.`);
}

/** The queue that takes what cannot be delivered. */
export function deadLetterArn({ attributes }: Subscription): string | undefined {
  return attributes.RedrivePolicy ? JSON.parse(attributes.RedrivePolicy).deadLetterTargetArn : undefined;
}

export function isRaw({ attributes }: Subscription): boolean {
  return attributes.RawMessageDelivery?.toLowerCase() === 'true';
}

/** What GetSubscriptionAttributes answers. */
export function describeSubscription(subscription: Subscription, accountId: string): Record<string, string> {
  const { attributes } = subscription;
  const set = Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== ''));
  return {
    SubscriptionArn: subscription.arn,
    TopicArn: subscription.topicArn,
    Protocol: subscription.protocol,
    Endpoint: subscription.endpoint,
    Owner: accountId,
    ConfirmationWasAuthenticated: String(subscription.wasAuthenticated),
    PendingConfirmation: String(subscription.isPending),
    RawMessageDelivery: 'false',
    ...(set.FilterPolicy && { FilterPolicyScope: 'MessageAttributes' }),
    ...set,
  };
}
