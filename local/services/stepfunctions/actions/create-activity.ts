import type { Action } from '../../../wire/service';
import { constrain, NAME, refuseBadName } from '../constraints';
import { type ServiceContext, seconds } from '../context';
import type { EncryptionConfiguration, Tag } from '../model';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateActivity.html */
export interface CreateActivityInput {
  name: string;
  tags?: Tag[];
  encryptionConfiguration?: EncryptionConfiguration;
}

/** Creates an activity, or gives the one of that name. */
export function createActivity(context: ServiceContext): Action<CreateActivityInput> {
  return {
    access: (input) => [{ action: 'states:CreateActivity', resource: context.arns.activity(input.name) }],
    handle(input) {
      constrain(input, { name: NAME });
      refuseBadName(input.name);
      const arn = context.arns.activity(input.name);
      const { activities } = context.store;
      if (!activities.get(arn)) {
        activities.add({
          arn,
          name: input.name,
          creationDate: context.host.kernel.clock.now(),
          encryption: input.encryptionConfiguration,
          tags: input.tags ?? [],
          waiting: [],
        });
      }
      return { activityArn: arn, creationDate: seconds(activities.get(arn)!.creationDate) };
    },
  };
}
