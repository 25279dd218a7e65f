import type { ResourceProvider } from '../../../wire/resource-provider';
import { createActivity } from '../actions/create-activity';
import { deleteActivity } from '../actions/delete-activity';
import { activityOf } from '../activity-lookup';
import type { ServiceContext } from '../context';
import { isSameEncryption } from '../encryption-configuration';
import { cloudFormationCall } from './cloudformation-call';
import { ENCRYPTION_PROPERTIES, type EncryptionProperties, encryptionOf } from './encryption-properties';

interface ActivityProperties extends EncryptionProperties {
  Name: string;
  Tags?: { Key: string; Value: string }[];
}

/** `AWS::StepFunctions::Activity`: Ref and Arn are the ARN; attribute Name. */
export function activityResource(context: ServiceContext): ResourceProvider<ActivityProperties> {
  const tagsOf = ({ Tags = [] }: ActivityProperties) => Tags.map(({ Key, Value }) => ({ key: Key, value: Value }));
  const create = async (properties: ActivityProperties) => {
    const arn = context.arns.activity(properties.Name);
    const input = {
      name: properties.Name,
      tags: tagsOf(properties),
      encryptionConfiguration: encryptionOf(properties),
    };
    await createActivity(context).handle(input, cloudFormationCall(context));
    return { physicalId: arn, attributes: { Arn: arn, Name: properties.Name } };
  };
  return {
    type: 'AWS::StepFunctions::Activity',
    properties: {
      Name: 'emulated',
      Tags: 'emulated',
      EncryptionConfiguration: ENCRYPTION_PROPERTIES,
    },
    create,
    update(physicalId, properties, previous) {
      // An activity's encryption cannot be changed: under the same name AWS answers ActivityAlreadyExists.
      const isSame = isSameEncryption(encryptionOf(properties), encryptionOf(previous));
      if (properties.Name !== previous.Name || !isSame) return create(properties);
      context.store.activities.setTags(activityOf(context, physicalId), tagsOf(properties));
      return { physicalId, attributes: { Arn: physicalId, Name: properties.Name } };
    },
    delete(physicalId) {
      deleteActivity(context).handle({ activityArn: physicalId }, cloudFormationCall(context));
    },
  };
}
