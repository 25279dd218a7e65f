import { parseArn } from './arn';
import type { ServiceContext } from './context';
import { resourceNotFound } from './faults';
import type { Tag } from './model';

/** The tags of a resource, and how they are replaced. */
export interface Taggable {
  readonly tags: readonly Tag[];
  setTags(tags: Tag[]): void;
}

/** A state machine or activity; versions and aliases carry no tags. Throws InvalidArn or ResourceNotFound. */
export function taggableOf(context: ServiceContext, arn: string): Taggable {
  parseArn(arn, 'stateMachine', 'activity');
  const { machines, activities } = context.store;
  const machine = machines.get(arn);
  if (machine) return { tags: machine.tags, setTags: (tags) => machines.setTags(machine, tags) };
  const activity = activities.get(arn);
  if (activity) return { tags: activity.tags, setTags: (tags) => activities.setTags(activity, tags) };
  throw resourceNotFound(arn);
}
