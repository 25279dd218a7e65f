import { signedFetch } from '../../signed-fetch';
import type { Aws } from '../aws';

/** How many people a topic reaches. */
export interface TopicSubscriptions {
  readonly topicArn: string;
  readonly confirmed: number;
  readonly pending: number;
}

/**
 * Asks SNS, for which there is no client among the project's packages, how many subscribers a topic has. Needs `sns:GetTopicAttributes`. Throws an
 * Error with what SNS says. https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html
 */
export async function topicSubscriptions({ deployment, sqs }: Aws, topicArn: string): Promise<TopicSubscriptions> {
  const { region } = deployment;
  const endpoint =
    process.env.AWS_ENDPOINT_URL_SNS ?? process.env.AWS_ENDPOINT_URL ?? `https://sns.${region}.${domainOf(region)}`;
  const call = signedFetch(endpoint, region, sqs.config.credentials as any, 'sns');
  const form = new URLSearchParams({ Action: 'GetTopicAttributes', Version: '2010-03-31', TopicArn: topicArn });
  const { statusCode, body } = await call('POST', '/', form.toString(), {
    'content-type': 'application/x-www-form-urlencoded',
  });
  const xml = String(body);
  if (statusCode !== 200) {
    const said = /<Message>([^<]*)<\/Message>/.exec(xml)?.[1] ?? `SNS answered ${statusCode}`;
    throw new Error(said);
  }
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

function domainOf(region: string): string {
  return region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
}
