import { parseArn } from './arn';
import type { ServiceContext } from './context';
import { resourceNotFound } from './faults';
import type { Tag } from './model';

/** A state machine or activity; versions and aliases carry no tags. Throws InvalidArn or ResourceNotFound. */
export function taggableOf(context: ServiceContext, arn: string): { tags: Tag[] } {
  parseArn(arn, 'stateMachine', 'activity');
  const resource = context.store.machines.get(arn) ?? context.store.activities.get(arn);
  if (!resource) throw resourceNotFound(arn);
  return resource;
}
