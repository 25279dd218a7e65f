import type { Action } from '../../../wire/service';
import { activityAccess, activityOf } from '../activity-lookup';
import { ARN, constrain } from '../constraints';
import { type ServiceContext, seconds } from '../context';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeActivity.html */
export function describeActivity(context: ServiceContext): Action<{ activityArn: string }> {
  return {
    access: (input) => activityAccess('DescribeActivity', input.activityArn),
    handle(input) {
      constrain(input, { activityArn: ARN });
      const activity = activityOf(context, input.activityArn);
      return {
        activityArn: activity.arn,
        name: activity.name,
        creationDate: seconds(activity.creationDate),
        encryptionConfiguration: activity.encryption ?? { type: 'AWS_OWNED_KEY' },
      };
    },
  };
}
