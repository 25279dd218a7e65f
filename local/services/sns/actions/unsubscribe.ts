import type { Action } from '../../../wire/service';
import { readSubscriptionArn } from '../addresses';
import { invalidParameter } from '../faults';
import type { Sns } from '../sns';

/** A subscription that is not there is none to end. https://docs.aws.amazon.com/sns/latest/api/API_Unsubscribe.html */
export function unsubscribe(sns: Sns): Action<{ SubscriptionArn?: string }> {
  return {
    access: ({ SubscriptionArn }, { caller }) => {
      const topicArn = readSubscriptionArn(SubscriptionArn).split(':').slice(0, 6).join(':');
      return [sns.access('Unsubscribe', topicArn, caller)];
    },
    handle: ({ SubscriptionArn }) => {
      const subscription = sns.store.subscription(readSubscriptionArn(SubscriptionArn));
      if (!subscription) return;
      if (subscription.isPending) throw invalidParameter('This operation is not allowed on a pending subscription');
      sns.store.deleteSubscription(subscription);
    },
  };
}
