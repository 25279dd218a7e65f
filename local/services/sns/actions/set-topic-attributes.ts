import type { Action } from '../../../wire/service';
import { invalidParameter } from '../faults';
import type { Sns } from '../sns';
import { checkTopicAttribute, isFifo } from '../topic-attributes';

interface SetInput {
  readonly TopicArn?: string;
  readonly AttributeName?: string;
  readonly AttributeValue?: string;
}

/** An empty value takes an attribute away. https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html */
export function setTopicAttributes(sns: Sns): Action<SetInput> {
  return {
    access: sns.accessOnTopic('SetTopicAttributes'),
    handle: ({ TopicArn, AttributeName: name, AttributeValue: value = '' }) => {
      const topic = sns.topicOf(TopicArn);
      if (!name || name === 'FifoTopic') throw invalidParameter('AttributeName');
      if (value !== '') checkTopicAttribute(name, value, isFifo(topic));
      const { [name]: _previous, ...others } = topic.attributes;
      sns.store.setTopicAttributes(topic, value === '' ? others : { ...others, [name]: value });
    },
  };
}
