import type { Action } from '../../../wire/service';
import { constrain, PAGE_SIZE } from '../constraints';
import { type ServiceContext, seconds } from '../context';
import type { PageRequest } from '../page';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListActivities.html */
export function listActivities(context: ServiceContext): Action<PageRequest> {
  return {
    access: () => [{ action: 'states:ListActivities', resource: '*' }],
    handle(input) {
      constrain(input, { maxResults: PAGE_SIZE, nextToken: { minLength: 1, maxLength: 1024 } });
      const { items, nextToken } = context.pager.forwards(context.store.activities.all(), input, 'activities');
      const activities = items.map((activity) => ({
        activityArn: activity.arn,
        name: activity.name,
        creationDate: seconds(activity.creationDate),
      }));
      return { activities, nextToken };
    },
  };
}
