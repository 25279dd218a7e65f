import { required } from './constraints';
import { resourceDoesNotExist, validation } from './faults';
import type { ScheduleGroup } from './model';
import type { Scheduler } from './scheduler';

/** A tag as requests give it. */
export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** Tags as they are kept. Throws ValidationException for one without a key or a value. */
export function readTags(tags: readonly Tag[] | undefined): Record<string, string> {
  for (const { Key, Value } of tags ?? []) {
    required('tags.member.key', Key);
    required('tags.member.value', Value);
  }
  return Object.fromEntries((tags ?? []).map(({ Key, Value }) => [Key, Value]));
}

/** The group of an ARN: groups alone have tags. Throws ValidationException, ResourceNotFoundException. */
export function taggedGroup(scheduler: Scheduler, arn: string | undefined): ScheduleGroup {
  const [, name] = /^arn:aws:scheduler:[^:]+:\d{12}:schedule-group\/([^/]+)$/.exec(arn ?? '') ?? [];
  if (name === undefined) throw validation(`Invalid ARN ${arn}: only schedule groups have tags.`);
  const group = scheduler.store.findGroup(name);
  if (group?.arn !== arn) throw resourceDoesNotExist(arn!);
  return group!;
}

/** The access of an action on the resource of a request. */
export function tagAccess(action: string) {
  return ({ ResourceArn = '' }: { ResourceArn?: string }) => [{ action: `scheduler:${action}`, resource: ResourceArn }];
}
