import type { Action } from '../../../wire/service';
import type { Subscription } from '../model';
import { pageOf } from '../page';
import type { Sns } from '../sns';

interface ListInput {
  readonly TopicArn?: string;
  readonly NextToken?: string;
}

/** https://docs.aws.amazon.com/sns/latest/api/API_ListTopics.html */
export function listTopics(sns: Sns): Action<ListInput> {
  return {
    access: (_input, { caller }) => [sns.access('ListTopics', '*', caller)],
    handle: (input) => {
      const { items, NextToken } = pageOf(sns.store.allTopics(), input.NextToken);
      return { Topics: items.map(({ arn }) => ({ TopicArn: arn })), NextToken };
    },
  };
}

/** https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptions.html */
export function listSubscriptions(sns: Sns): Action<ListInput> {
  return {
    access: (_input, { caller }) => [sns.access('ListSubscriptions', '*', caller)],
    handle: (input) => listed(sns, sns.store.allSubscriptions(), input.NextToken),
  };
}

/** https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html */
export function listSubscriptionsByTopic(sns: Sns): Action<ListInput> {
  return {
    access: sns.accessOnTopic('ListSubscriptionsByTopic'),
    handle: (input) => listed(sns, sns.store.subscriptionsTo(sns.topicOf(input.TopicArn).arn), input.NextToken),
  };
}

function listed(sns: Sns, subscriptions: readonly Subscription[], token: string | undefined) {
  const { items, NextToken } = pageOf(subscriptions, token);
  const Subscriptions = items.map(({ arn, isPending, protocol, endpoint, topicArn }) => ({
    SubscriptionArn: isPending ? 'PendingConfirmation' : arn,
    Owner: sns.host.accountId,
    Protocol: protocol,
    Endpoint: endpoint,
    TopicArn: topicArn,
  }));
  return { Subscriptions, NextToken };
}
