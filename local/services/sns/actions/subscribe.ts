import type { Action } from '../../../wire/service';
import { readTopicArn } from '../addresses';
import { invalidParameter } from '../faults';
import { addSubscription } from '../new-subscription';
import type { Sns } from '../sns';

interface SubscribeInput {
  readonly TopicArn?: string;
  readonly Protocol?: string;
  readonly Endpoint?: string;
  readonly Attributes?: Readonly<Record<string, string>>;
  readonly ReturnSubscriptionArn?: string | boolean;
}

/** https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html */
export function subscribe(sns: Sns): Action<SubscribeInput> {
  return {
    access: ({ TopicArn, Protocol = '', Endpoint = '' }, { caller }) => [
      sns.access('Subscribe', readTopicArn(TopicArn), caller, { 'sns:Protocol': Protocol, 'sns:Endpoint': Endpoint }),
    ],
    handle: ({ TopicArn, Protocol: protocol, Endpoint: endpoint, Attributes: attributes = {}, ...rest }) => {
      const topic = sns.topicOf(TopicArn);
      if (!protocol) throw invalidParameter('Protocol');
      if (!endpoint) throw invalidParameter('Endpoint');
      const { arn, isPending } = addSubscription(sns, topic, { protocol, endpoint, attributes });
      const isShown = !isPending || String(rest.ReturnSubscriptionArn) === 'true';
      return { SubscriptionArn: isShown ? arn : 'pending confirmation' };
    },
  };
}
