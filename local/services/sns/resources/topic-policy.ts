import type { ResourceProvider } from '../../../wire/resource-provider';
import type { Sns } from '../sns';

interface TopicPolicyProperties {
  readonly PolicyDocument: object;
  readonly Topics: readonly string[];
}

/** `AWS::SNS::TopicPolicy`: sets the policy of each topic it names, in place of the default one. */
export function topicPolicyResource(sns: Sns): ResourceProvider<TopicPolicyProperties> {
  const set = (arns: readonly string[], document: object) => {
    for (const arn of arns) {
      const topic = sns.topicOf(arn);
      sns.store.setTopicAttributes(topic, { ...topic.attributes, Policy: JSON.stringify(document) });
    }
  };
  /** Back to the default policy, where the topic is still there. */
  const clear = (arns: readonly string[]) => {
    for (const topic of arns.map((arn) => sns.store.topic(arn))) {
      if (!topic) continue;
      const { Policy: _policy, ...attributes } = topic.attributes;
      sns.store.setTopicAttributes(topic, attributes);
    }
  };
  return {
    type: 'AWS::SNS::TopicPolicy',
    properties: { PolicyDocument: 'emulated', Topics: 'emulated' },
    create: ({ Topics, PolicyDocument }, context) => {
      set(Topics, PolicyDocument);
      return { physicalId: context.generateName(100) };
    },
    update: (physicalId, { Topics, PolicyDocument }, previous) => {
      clear(previous.Topics.filter((arn) => !Topics.includes(arn)));
      set(Topics, PolicyDocument);
      return { physicalId };
    },
    delete: (_physicalId, { Topics }) => clear(Topics),
  };
}
