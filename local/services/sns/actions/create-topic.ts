import type { Action } from '../../../wire/service';
import { topicArn } from '../addresses';
import { addTopic, type TopicInput } from '../new-topic';
import type { Sns } from '../sns';

/** https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
export function createTopic(sns: Sns): Action<TopicInput> {
  return {
    access: ({ Name = '', Tags }, { caller }) => {
      const arn = topicArn(sns.host, Name);
      return ['CreateTopic', ...(Tags?.length ? ['TagResource'] : [])].map((action) => sns.access(action, arn, caller));
    },
    handle: (input) => ({ TopicArn: addTopic(sns, input).arn }),
  };
}
