import type { Action } from '../../../wire/service';
import { readTopicArn } from '../addresses';
import { resourceNotFound } from '../faults';
import type { Topic } from '../model';
import type { Sns } from '../sns';
import { checkTags, tagList } from '../tags';

interface TagsInput {
  readonly ResourceArn?: string;
  readonly Tags?: readonly { readonly Key?: string; readonly Value?: string }[];
  readonly TagKeys?: readonly string[];
}

function taggedTopic(sns: Sns, arn: string | undefined): Topic {
  const topic = sns.store.topic(readTopicArn(arn, 'ResourceArn'));
  if (!topic) throw resourceNotFound();
  return topic;
}

function accessOn(sns: Sns, action: string): NonNullable<Action<TagsInput>['access']> {
  return ({ ResourceArn }, { caller }) => [sns.access(action, readTopicArn(ResourceArn, 'ResourceArn'), caller)];
}

/** https://docs.aws.amazon.com/sns/latest/api/API_TagResource.html */
export function tagResource(sns: Sns): Action<TagsInput> {
  return {
    access: accessOn(sns, 'TagResource'),
    handle: ({ ResourceArn, Tags }) => {
      const topic = taggedTopic(sns, ResourceArn);
      sns.store.setTags(topic, checkTags(topic.tags, Tags));
      return {};
    },
  };
}

/** https://docs.aws.amazon.com/sns/latest/api/API_UntagResource.html */
export function untagResource(sns: Sns): Action<TagsInput> {
  return {
    access: accessOn(sns, 'UntagResource'),
    handle: ({ ResourceArn, TagKeys = [] }) => {
      const topic = taggedTopic(sns, ResourceArn);
      const left = Object.entries(topic.tags).filter(([key]) => !TagKeys.includes(key));
      sns.store.setTags(topic, Object.fromEntries(left));
      return {};
    },
  };
}

/** https://docs.aws.amazon.com/sns/latest/api/API_ListTagsForResource.html */
export function listTagsForResource(sns: Sns): Action<TagsInput> {
  return {
    access: accessOn(sns, 'ListTagsForResource'),
    handle: ({ ResourceArn }) => ({ Tags: tagList(taggedTopic(sns, ResourceArn).tags) }),
  };
}
