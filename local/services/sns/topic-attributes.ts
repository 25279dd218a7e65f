/** The attributes of a topic: which there are, what values they take, and what is described beside them. */
import { defaultPolicy } from './default-policy';
import { invalidParameter } from './faults';
import type { Subscription, Topic } from './model';

const FEEDBACK = ['HTTP', 'Firehose', 'Lambda', 'Application', 'SQS'].flatMap((protocol) => [
  `${protocol}SuccessFeedbackRoleArn`,
  `${protocol}SuccessFeedbackSampleRate`,
  `${protocol}FailureFeedbackRoleArn`,
]);

/** https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html */
const SETTABLE = [
  ...['DeliveryPolicy', 'DisplayName', 'Policy', 'TracingConfig', 'KmsMasterKeyId', 'SignatureVersion'],
  ...['FifoTopic', 'ArchivePolicy', 'ContentBasedDeduplication', 'FifoThroughputScope', 'DataProtectionPolicy'],
  ...FEEDBACK,
];
const FIFO_ONLY = ['ArchivePolicy', 'ContentBasedDeduplication', 'FifoThroughputScope'];

const CHOICES: Readonly<Record<string, readonly string[]>> = {
  ContentBasedDeduplication: ['true', 'false'],
  FifoThroughputScope: ['Topic', 'MessageGroup'],
  FifoTopic: ['true', 'false'],
  SignatureVersion: ['1', '2'],
  TracingConfig: ['PassThrough', 'Active'],
};

export function isFifo(topic: Pick<Topic, 'attributes'>): boolean {
  return topic.attributes.FifoTopic === 'true';
}

/** Throws InvalidParameter for what a topic does not take. */
export function checkTopicAttribute(name: string, value: string, isFifoTopic: boolean): void {
  if (!SETTABLE.includes(name)) throw invalidParameter('AttributeName');
  if (FIFO_ONLY.includes(name) && !isFifoTopic) throw invalidParameter(`${name} Reason: only FIFO topics have it`);
  if (CHOICES[name] && !CHOICES[name].includes(value)) {
    throw invalidParameter(`${name} Reason: must be one of ${CHOICES[name].join(', ')}`);
  }
  if (name === 'ArchivePolicy' && value) throw invalidParameter('ArchivePolicy Reason: archives are not emulated');
  if (name === 'Policy' && value) checkPolicy(value);
  if (name === 'DisplayName' && value.length > 100) throw invalidParameter('DisplayName Reason: too long');
}

function checkPolicy(text: string): void {
  try {
    const { Statement } = JSON.parse(text);
    if ([Statement].flat().every((statement) => statement !== null && typeof statement === 'object')) return;
  } catch {
    // Refused below, like JSON that is no policy.
  }
  throw invalidParameter('Policy Error: null');
}

/** What GetTopicAttributes answers. */
export function describeTopic(topic: Topic, accountId: string, subscriptions: readonly Subscription[]) {
  const pending = subscriptions.filter(({ isPending }) => isPending).length;
  const policy = topic.attributes.Policy ?? JSON.stringify(defaultPolicy(topic.arn, accountId));
  return {
    TopicArn: topic.arn,
    Owner: accountId,
    DisplayName: '',
    EffectiveDeliveryPolicy: topic.attributes.DeliveryPolicy ?? DEFAULT_DELIVERY_POLICY,
    SubscriptionsConfirmed: String(subscriptions.length - pending),
    SubscriptionsPending: String(pending),
    SubscriptionsDeleted: String(topic.subscriptionsDeleted),
    ...(isFifo(topic) && { ContentBasedDeduplication: 'false', FifoThroughputScope: 'Topic' }),
    ...topic.attributes,
    Policy: policy,
  };
}

const DEFAULT_DELIVERY_POLICY = JSON.stringify({
  http: {
    defaultHealthyRetryPolicy: {
      minDelayTarget: 20,
      maxDelayTarget: 20,
      numRetries: 3,
      numMaxDelayRetries: 0,
      numNoDelayRetries: 0,
      numMinDelayRetries: 0,
      backoffFunction: 'linear',
    },
    disableSubscriptionOverrides: false,
    defaultRequestPolicy: { headerContentType: 'text/plain; charset=UTF-8' },
  },
});
