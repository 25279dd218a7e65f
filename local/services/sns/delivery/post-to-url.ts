/** Owns deliveries over HTTP. https://docs.aws.amazon.com/sns/latest/dg/sns-http-https-endpoint-as-subscriber.html */
import type { Posting, Subscription, Topic } from '../model';
import type { SnsParts } from '../sns-parts';
import { isRaw } from '../subscription-attributes';
import { EndpointError } from './endpoint-error';
import { envelope, textFor } from './envelope';

/** "Amazon SNS waits 15 seconds for a response." */
const TIMEOUT_MS = 15_000;

/** Rejects with EndpointError unless the server answers with a status from 200 to 499 other than an error. */
export async function postToUrl(
  sns: SnsParts,
  topic: Topic,
  subscription: Subscription,
  posting: Posting,
): Promise<void> {
  const isNotification = posting.type === 'Notification';
  const isRawMessage = isNotification && isRaw(subscription);
  const headers: Record<string, string> = {
    'content-type': contentType(topic, subscription),
    'user-agent': 'Amazon Simple Notification Service Agent',
    'x-amz-sns-message-type': posting.type,
    'x-amz-sns-message-id': isNotification ? posting.notification.id : posting.id,
    'x-amz-sns-topic-arn': topic.arn,
    ...(isNotification && { 'x-amz-sns-subscription-arn': subscription.arn }),
    ...(isRawMessage && { 'x-amz-sns-rawdelivery': 'true' }),
  };
  const body = isRawMessage
    ? textFor(subscription, posting.notification)
    : JSON.stringify(envelope(sns.host, topic, subscription, posting), undefined, 2);
  const status = await post(subscription.endpoint, headers, body);
  if (status >= 200 && status < 300) return;
  const isRetryable = status === 429 || status >= 500 || status < 200;
  throw new EndpointError(`${subscription.endpoint} answered ${status}`, isRetryable);
}

async function post(url: string, headers: Record<string, string>, body: string): Promise<number> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
    await response.body?.cancel();
    return response.status;
  } catch (error) {
    throw new EndpointError(`${url} cannot be reached: ${(error as Error).message}`, true);
  }
}

function contentType(topic: Topic, subscription: Subscription): string {
  const own = subscription.attributes.DeliveryPolicy;
  const ofTopic = topic.attributes.DeliveryPolicy;
  return (
    (own && JSON.parse(own).requestPolicy?.headerContentType) ||
    (ofTopic && JSON.parse(ofTopic).http?.defaultRequestPolicy?.headerContentType) ||
    'text/plain; charset=UTF-8'
  );
}
