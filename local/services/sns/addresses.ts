import type { Host } from '../../wire/host';
import { invalidParameter } from './faults';

type Account = Pick<Host, 'accountId' | 'region'>;

export function topicArn({ region, accountId }: Account, name: string): string {
  return `arn:aws:sns:${region}:${accountId}:${name}`;
}

/** Throws InvalidParameter for what is no ARN of a topic. */
export function readTopicArn(arn: unknown, parameter = 'TopicArn'): string {
  const elements = String(arn ?? '').split(':');
  if (elements.length < 6) {
    const reason = `An ARN must have at least 6 elements, not ${elements.length}`;
    throw invalidParameter(`${parameter} Reason: ${reason}`);
  }
  if (elements[0] !== 'arn' || elements[2] !== 'sns' || elements.length > 6) throw invalidParameter(parameter);
  return String(arn);
}

/** Throws InvalidParameter for what is no ARN of a subscription. */
export function readSubscriptionArn(arn: unknown): string {
  const elements = String(arn ?? '').split(':');
  if (elements.length < 6) {
    throw invalidParameter(`SubscriptionArn Reason: An ARN must have at least 6 elements, not ${elements.length}`);
  }
  if (elements[0] !== 'arn' || elements[2] !== 'sns' || elements.length !== 7) {
    throw invalidParameter('SubscriptionArn');
  }
  return String(arn);
}

/** Where somebody opens what confirms or ends a subscription, without credentials. */
export function confirmationUrl(host: Pick<Host, 'endpoint'>, topic: string, token: string): string {
  return `${host.endpoint()}/sns/confirm?${new URLSearchParams({ TopicArn: topic, Token: token })}`;
}

export function unsubscribeUrl(host: Pick<Host, 'endpoint'>, subscriptionArn: string): string {
  return `${host.endpoint()}/sns/unsubscribe?${new URLSearchParams({ SubscriptionArn: subscriptionArn })}`;
}
