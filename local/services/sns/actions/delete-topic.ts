import type { Action } from '../../../wire/service';
import { readTopicArn } from '../addresses';
import type { Sns } from '../sns';

/** Deletes a topic with its subscriptions; one that is not there, too. https://docs.aws.amazon.com/sns/latest/api/API_DeleteTopic.html */
export function deleteTopic(sns: Sns): Action<{ TopicArn?: string }> {
  return {
    access: sns.accessOnTopic('DeleteTopic'),
    handle: ({ TopicArn }) => {
      const topic = sns.store.topic(readTopicArn(TopicArn));
      if (topic) sns.store.deleteTopic(topic);
    },
  };
}
