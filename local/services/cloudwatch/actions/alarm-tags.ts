import type { AlarmStore } from '../alarms/alarm-store';
import type { ActionFactory } from '../cloudwatch-parts';
import { resourceNotFound } from '../faults';
import type { Alarm, MuteRule } from '../model';

type Tags = Readonly<Record<string, string>>;

const access = (action: string) => (input: { ResourceARN?: string }) => [
  { action: `cloudwatch:${action}`, resource: String(input.ResourceARN) },
];

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListTagsForResource.html: of alarms and mute rules. */
export const listTagsForResource: ActionFactory = ({ alarms }) => ({
  access: access('ListTagsForResource'),
  handle: ({ ResourceARN }) => ({
    Tags: Object.entries(taggedBy(alarms.store, ResourceARN).tags ?? {}).map(([Key, Value]) => ({ Key, Value })),
  }),
});

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_TagResource.html */
export const tagResource: ActionFactory = ({ alarms }) => ({
  access: access('TagResource'),
  handle({ ResourceARN, Tags = [] }: { ResourceARN: string; Tags?: { Key: string; Value: string }[] }) {
    const added = Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]));
    change(alarms.store, ResourceARN, (tags) => ({ ...tags, ...added }));
  },
});

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_UntagResource.html */
export const untagResource: ActionFactory = ({ alarms }) => ({
  access: access('UntagResource'),
  handle({ ResourceARN, TagKeys = [] }: { ResourceARN: string; TagKeys?: string[] }) {
    change(alarms.store, ResourceARN, (tags) =>
      Object.fromEntries(Object.entries(tags).filter(([key]) => !TagKeys.includes(key))),
    );
  },
});

function taggedBy(store: AlarmStore, arn: string): Alarm | MuteRule {
  const found =
    store.listAlarms().find(({ AlarmArn }) => AlarmArn === arn) ??
    [...store.muteRules.values()].find((rule) => rule.arn === arn);
  if (!found) throw resourceNotFound(arn);
  return found;
}

function change(store: AlarmStore, arn: string, of: (tags: Tags) => Tags): void {
  const found = taggedBy(store, arn);
  const changed = { ...found, tags: of(found.tags ?? {}) };
  if ('AlarmName' in changed) store.putAlarm(changed);
  else store.muteRules.set(changed.name, changed);
}
