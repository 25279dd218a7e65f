/**
 * When a delivery that failed is tried again.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
 */
import type { Subscription, Topic } from '../model';

/** The phases of a policy; delays in seconds. */
interface RetryPolicy {
  readonly noDelayRetries: number;
  readonly minDelayRetries: number;
  readonly backoffRetries: number;
  readonly maxDelayRetries: number;
  readonly preBackoffSeconds: number;
  readonly leastSeconds: number;
  readonly mostSeconds: number;
  readonly backoff: BackoffFunction;
}

type BackoffFunction = 'linear' | 'arithmetic' | 'geometric' | 'exponential';

/** SQS and Lambda: 100,015 attempts over 23 days. */
const MANAGED: RetryPolicy = {
  noDelayRetries: 3,
  minDelayRetries: 2,
  backoffRetries: 10,
  maxDelayRetries: 100_000,
  preBackoffSeconds: 1,
  leastSeconds: 1,
  mostSeconds: 20,
  backoff: 'exponential',
};

/**
 * How long to wait after `attempts` that failed, in seconds; undefined when it is not tried again. The delivery policy of the
 * subscription, or else of its topic, holds for HTTP and HTTPS alone.
 */
export function pauseSeconds(subscription: Subscription, topic: Topic, attempts: number): number | undefined {
  const isHttp = subscription.protocol === 'http' || subscription.protocol === 'https';
  const policy = isHttp ? httpPolicy(subscription, topic) : MANAGED;
  let retry = attempts - 1;
  if (retry < policy.noDelayRetries) return 0;
  retry -= policy.noDelayRetries;
  if (retry < policy.minDelayRetries) return policy.preBackoffSeconds;
  retry -= policy.minDelayRetries;
  if (retry < policy.backoffRetries) return backoffSeconds(policy, retry);
  return retry - policy.backoffRetries < policy.maxDelayRetries ? policy.mostSeconds : undefined;
}

/** From the least pause to the most, along the policy's function. */
function backoffSeconds(policy: RetryPolicy, retry: number): number {
  const { leastSeconds, mostSeconds, backoffRetries, backoff } = policy;
  const share = backoffRetries < 2 ? 1 : retry / (backoffRetries - 1);
  const range = mostSeconds - leastSeconds;
  switch (backoff) {
    case 'linear':
      return leastSeconds + range * share;
    case 'arithmetic':
      return leastSeconds + (range * share * (share + 1)) / 2;
    case 'geometric':
      return leastSeconds + range * share * share;
    default:
      return leastSeconds + (range * (2 ** (share * 5) - 1)) / 31;
  }
}

function httpPolicy(subscription: Subscription, topic: Topic): RetryPolicy {
  const ownPolicy = subscription.attributes.DeliveryPolicy;
  const ofTopic = topic.attributes.DeliveryPolicy;
  const healthy =
    (ownPolicy && JSON.parse(ownPolicy).healthyRetryPolicy) ||
    (ofTopic && JSON.parse(ofTopic).http?.defaultHealthyRetryPolicy) ||
    {};
  const { numRetries = 3, numNoDelayRetries = 0, numMinDelayRetries = 0, numMaxDelayRetries = 0 } = healthy;
  const { minDelayTarget = 20, maxDelayTarget = 20, backoffFunction = 'linear' } = healthy;
  return {
    noDelayRetries: numNoDelayRetries,
    minDelayRetries: numMinDelayRetries,
    backoffRetries: Math.max(0, numRetries - numNoDelayRetries - numMinDelayRetries - numMaxDelayRetries),
    maxDelayRetries: numMaxDelayRetries,
    preBackoffSeconds: minDelayTarget,
    leastSeconds: minDelayTarget,
    mostSeconds: maxDelayTarget,
    backoff: backoffFunction,
  };
}
