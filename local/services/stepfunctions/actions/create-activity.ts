import type { Action } from '../../../wire/service';
import { constrain, NAME, refuseBadName } from '../constraints';
import { type ServiceContext, seconds } from '../context';
import { isCustomerManaged, isSameEncryption, readEncryption } from '../encryption-configuration';
import { activityAlreadyExists } from '../faults';
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
    handle(input, { caller }) {
      constrain(input, { name: NAME });
      refuseBadName(input.name);
      const arn = context.arns.activity(input.name);
      const { activities } = context.store;
      const encryption = readEncryption(input.encryptionConfiguration);
      const make = () => {
        const existing = activities.get(arn);
        if (existing && !isSameEncryption(existing.encryption, encryption)) throw activityAlreadyExists(arn);
        if (!existing) {
          const creationDate = context.host.kernel.clock.now();
          activities.add({ arn, name: input.name, creationDate, encryption, tags: input.tags ?? [], waiting: [] });
        }
        return { activityArn: arn, creationDate: seconds(activities.get(arn)!.creationDate) };
      };
      return encryption && isCustomerManaged(encryption)
        ? context.encryption.checkKey(caller, encryption).then(make)
        : make();
    },
  };
}
