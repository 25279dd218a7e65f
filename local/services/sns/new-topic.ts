import { topicArn } from './addresses';
import { invalidParameter } from './faults';
import type { Topic } from './model';
import type { Sns } from './sns';
import { checkTags } from './tags';
import { checkTopicAttribute, isFifo } from './topic-attributes';

/** What a topic is created from; an empty value of an attribute counts as none. */
export interface TopicInput {
  readonly Name?: string;
  readonly Attributes?: Readonly<Record<string, string>>;
  readonly Tags?: readonly { readonly Key?: string; readonly Value?: string }[];
}

const NAME = /^[A-Za-z0-9_-]{1,256}$/;
const FIFO_NAME = /^(?=.{6,256}$)[A-Za-z0-9_-]+\.fifo$/;

/** Creates a topic, or gives the one that is there with the same attributes and tags. Throws InvalidParameter. */
export function addTopic(sns: Sns, input: TopicInput): Topic {
  const given = Object.entries(input.Attributes ?? {}).filter(([, value]) => value !== '');
  const attributes = Object.fromEntries(given.filter(([name, value]) => !(name === 'FifoTopic' && value === 'false')));
  for (const [name, value] of given) checkTopicAttribute(name, value, isFifo({ attributes }));
  const name = checkName(input.Name, isFifo({ attributes }));
  const tags = checkTags({}, input.Tags);
  const arn = topicArn(sns.host, name);
  const existing = sns.store.topic(arn);
  if (existing) {
    if (Object.entries(attributes).some(([key, value]) => existing.attributes[key] !== value)) {
      throw invalidParameter('Attributes Reason: Topic already exists with different attributes');
    }
    if (input.Tags?.length && JSON.stringify(tags) !== JSON.stringify(existing.tags)) {
      throw invalidParameter('Tags Reason: Topic already exists with different tags');
    }
    return existing;
  }
  const topic: Topic = { name, arn, createdAtMs: sns.now(), attributes, tags, subscriptionsDeleted: 0 };
  sns.store.putTopic(topic);
  return topic;
}

function checkName(name: string | undefined, isFifoTopic: boolean): string {
  if (isFifoTopic && !FIFO_NAME.test(name ?? '')) {
    throw invalidParameter(
      'Fifo Topic names must end with .fifo and must be made up of only uppercase and lowercase ASCII letters, numbers, ' +
        'underscores, and hyphens, and must be between 1 and 256 characters long.',
    );
  }
  if (!isFifoTopic && !NAME.test(name ?? '')) throw invalidParameter('Topic Name');
  return name!;
}
