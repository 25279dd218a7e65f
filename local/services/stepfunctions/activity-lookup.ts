import { parseArn } from './arn';
import type { ServiceContext } from './context';
import { activityDoesNotExist } from './faults';
import type { ActivityRecord } from './model';

/** Throws InvalidArn or ActivityDoesNotExist. */
export function activityOf(context: ServiceContext, arn: string): ActivityRecord {
  parseArn(arn, 'activity');
  const activity = context.store.activities.get(arn);
  if (!activity) throw activityDoesNotExist(arn);
  return activity;
}

/** What must be allowed to act on an activity. */
export function activityAccess(action: string, arn: unknown) {
  return [{ action: `states:${action}`, resource: typeof arn === 'string' ? arn : '*' }];
}
