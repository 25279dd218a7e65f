import type { Action } from '../../../wire/service';
import { AttributeMap } from '../attribute-map';
import type { Sns } from '../sns';
import { describeTopic } from '../topic-attributes';

/** https://docs.aws.amazon.com/sns/latest/api/API_GetTopicAttributes.html */
export function getTopicAttributes(sns: Sns): Action<{ TopicArn?: string }> {
  return {
    access: sns.accessOnTopic('GetTopicAttributes'),
    handle: ({ TopicArn }) => {
      const topic = sns.topicOf(TopicArn);
      const attributes = describeTopic(topic, sns.host.accountId, sns.store.subscriptionsTo(topic.arn));
      return { Attributes: new AttributeMap(attributes) };
    },
  };
}
