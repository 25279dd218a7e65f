import type { Action } from '../../../wire/service';
import { activityAccess } from '../activity-lookup';
import { parseArn } from '../arn';
import { ARN, constrain } from '../constraints';
import type { ServiceContext } from '../context';

/** Deletes an activity; one that is not there is no error. https://docs.aws.amazon.com/step-functions/latest/apireference/API_DeleteActivity.html */
export function deleteActivity(context: ServiceContext): Action<{ activityArn: string }> {
  return {
    access: (input) => activityAccess('DeleteActivity', input.activityArn),
    handle(input) {
      constrain(input, { activityArn: ARN });
      parseArn(input.activityArn, 'activity');
      context.store.activities.remove(input.activityArn);
      return {};
    },
  };
}
