import type { Action } from '../../../wire/service';
import { readSubscriptionArn } from '../addresses';
import { invalidParameter } from '../faults';
import type { Sns } from '../sns';
import { checkSubscriptionAttributes } from '../subscription-attributes';

interface SetInput {
  readonly SubscriptionArn?: string;
  readonly AttributeName?: string;
  readonly AttributeValue?: string;
}

/** An empty value takes an attribute away. https://docs.aws.amazon.com/sns/latest/api/API_SetSubscriptionAttributes.html */
export function setSubscriptionAttributes(sns: Sns): Action<SetInput> {
  return {
    access: ({ SubscriptionArn }, { caller }) => [
      sns.access('SetSubscriptionAttributes', readSubscriptionArn(SubscriptionArn), caller),
    ],
    handle: ({ SubscriptionArn, AttributeName: name, AttributeValue: value = '' }) => {
      const subscription = sns.subscriptionOf(readSubscriptionArn(SubscriptionArn));
      if (!name) throw invalidParameter('AttributeName');
      const { [name]: _previous, ...others } = subscription.attributes;
      const all = value === '' ? others : { ...others, [name]: value };
      checkSubscriptionAttributes({ [name]: value }, all, subscription.protocol);
      sns.store.setSubscriptionAttributes(subscription, all);
    },
  };
}
