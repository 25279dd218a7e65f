import type { Aws } from '../aws';
import { queryApi } from '../query-api';

/** How many people a topic reaches. */
export interface TopicSubscriptions {
  readonly topicArn: string;
  readonly confirmed: number;
  readonly pending: number;
}

/**
 * Asks SNS how many subscribers a topic has. Needs `sns:GetTopicAttributes`. Throws an Error with what SNS says.
 * https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html
 */
export async function topicSubscriptions(aws: Aws, topicArn: string): Promise<TopicSubscriptions> {
  const xml = await queryApi(aws, { service: 'sns', version: '2010-03-31' }, 'GetTopicAttributes', {
    TopicArn: topicArn,
  });
  return {
    topicArn,
    confirmed: attribute(xml, 'SubscriptionsConfirmed'),
    pending: attribute(xml, 'SubscriptionsPending'),
  };
}

function attribute(xml: string, name: string): number {
  const [, value] = new RegExp(`<key>${name}</key>\\s*<value>(\\d+)</value>`).exec(xml) ?? [];
  if (value === undefined) throw new Error(`SNS does not tell ${name}.`);
  return Number(value);
}
