import { invalidParameter } from './faults';
import type { Protocol, Subscription, Topic } from './model';
import type { Sns } from './sns';
import { checkSubscriptionAttributes } from './subscription-attributes';
import { isFifo } from './topic-attributes';

/** What a subscription is made from. */
export interface SubscriptionInput {
  readonly protocol: string;
  readonly endpoint: string;
  readonly attributes: Readonly<Record<string, string>>;
}

const ENDPOINTS: Readonly<Record<Protocol, { readonly form: RegExp; readonly refusal: string }>> = {
  sqs: { form: /^arn:[a-z-]+:sqs:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]+(\.fifo)?$/, refusal: 'SQS endpoint ARN' },
  lambda: { form: /^arn:[a-z-]+:lambda:[a-z0-9-]+:\d{12}:function:.+$/, refusal: 'Lambda endpoint ARN' },
  http: { form: /^http:\/\/./, refusal: 'Endpoint must match the specified protocol' },
  https: { form: /^https:\/\/./, refusal: 'Endpoint must match the specified protocol' },
  email: { form: /^[^\s@]+@[^\s@]+$/, refusal: 'Email address' },
  'email-json': { form: /^[^\s@]+@[^\s@]+$/, refusal: 'Email address' },
};

/** These belong to the account or its services: nobody has to confirm them. */
const CONFIRMED = ['sqs', 'lambda'];

/**
 * Subscribes an endpoint, or gives the subscription that it has; one that nobody has confirmed is asked for again. Throws
 * InvalidParameter.
 */
export function addSubscription(sns: Sns, topic: Topic, input: SubscriptionInput): Subscription {
  const protocol = checkEndpoint(topic, input);
  const attributes = Object.fromEntries(Object.entries(input.attributes).filter(([, value]) => value !== ''));
  checkSubscriptionAttributes(attributes, attributes, protocol);
  const existing = sns.store
    .subscriptionsTo(topic.arn)
    .find((candidate) => candidate.protocol === protocol && candidate.endpoint === input.endpoint);
  if (existing) {
    if (Object.entries(attributes).some(([name, value]) => existing.attributes[name] !== value)) {
      throw invalidParameter('Attributes Reason: Subscription already exists with different attributes');
    }
    if (existing.isPending) askForConfirmation(sns, topic, existing);
    return existing;
  }
  const isConfirmed = CONFIRMED.includes(protocol);
  const subscription: Subscription = {
    arn: `${topic.arn}:${sns.host.kernel.random.uuid()}`,
    topicArn: topic.arn,
    protocol,
    endpoint: input.endpoint,
    createdAtMs: sns.now(),
    attributes,
    token: sns.host.kernel.random.bytes(32).toString('hex'),
    isPending: !isConfirmed,
    needsAuthenticationToUnsubscribe: isConfirmed,
    wasAuthenticated: isConfirmed,
  };
  sns.store.addSubscription(subscription);
  if (!isConfirmed) askForConfirmation(sns, topic, subscription);
  return subscription;
}

function checkEndpoint(topic: Topic, { protocol, endpoint }: SubscriptionInput): Protocol {
  const kind = Object.hasOwn(ENDPOINTS, protocol) ? ENDPOINTS[protocol as Protocol] : undefined;
  if (!kind) throw invalidParameter(`Amazon SNS does not support this protocol string: ${protocol}`);
  if (!kind.form.test(endpoint)) throw invalidParameter(kind.refusal);
  if (protocol === 'sqs' && endpoint.endsWith('.fifo') && !isFifo(topic)) {
    throw invalidParameter(
      'Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics',
    );
  }
  if (protocol !== 'sqs' && isFifo(topic)) {
    throw invalidParameter(`Invalid parameter: Protocol Reason: FIFO topics do not deliver by ${protocol}`);
  }
  return protocol as Protocol;
}

function askForConfirmation(sns: Sns, topic: Topic, { arn, token }: Subscription): void {
  const subscription = sns.subscriptionOf(arn);
  const id = sns.host.kernel.random.uuid();
  sns.deliverer.post(topic, subscription, {
    type: 'SubscriptionConfirmation',
    id,
    topicArn: topic.arn,
    token,
    atMs: sns.now(),
  });
}
