import type { Action } from '../../../wire/service';
import { readSubscriptionArn } from '../addresses';
import { AttributeMap } from '../attribute-map';
import type { Sns } from '../sns';
import { describeSubscription } from '../subscription-attributes';

/** https://docs.aws.amazon.com/sns/latest/api/API_GetSubscriptionAttributes.html */
export function getSubscriptionAttributes(sns: Sns): Action<{ SubscriptionArn?: string }> {
  return {
    access: ({ SubscriptionArn }, { caller }) => [
      sns.access('GetSubscriptionAttributes', readSubscriptionArn(SubscriptionArn), caller),
    ],
    handle: ({ SubscriptionArn }) => {
      const subscription = sns.subscriptionOf(readSubscriptionArn(SubscriptionArn));
      return { Attributes: new AttributeMap(describeSubscription(subscription, sns.host.accountId)) };
    },
  };
}
