import type { ResourceProvider } from '../../../wire/resource-provider';
import { createActivity } from '../actions/create-activity';
import { deleteActivity } from '../actions/delete-activity';
import { activityOf } from '../activity-lookup';
import type { ServiceContext } from '../context';
import { cloudFormationCall } from './cloudformation-call';

interface ActivityProperties {
  Name: string;
  Tags?: { Key: string; Value: string }[];
}

/** `AWS::StepFunctions::Activity`: Ref and Arn are the ARN; attribute Name. */
export function activityResource(context: ServiceContext): ResourceProvider<ActivityProperties> {
  const tagsOf = ({ Tags = [] }: ActivityProperties) => Tags.map(({ Key, Value }) => ({ key: Key, value: Value }));
  const create = (properties: ActivityProperties) => {
    const arn = context.arns.activity(properties.Name);
    createActivity(context).handle({ name: properties.Name, tags: tagsOf(properties) }, cloudFormationCall(context));
    return { physicalId: arn, attributes: { Arn: arn, Name: properties.Name } };
  };
  return {
    type: 'AWS::StepFunctions::Activity',
    properties: {
      Name: 'emulated',
      Tags: 'emulated',
      EncryptionConfiguration: { inert: 'encryption at rest: tasks live in the memory of this process' },
    },
    create,
    update(physicalId, properties, previous) {
      if (properties.Name !== previous.Name) return create(properties);
      context.store.activities.setTags(activityOf(context, physicalId), tagsOf(properties));
      return { physicalId, attributes: { Arn: physicalId, Name: properties.Name } };
    },
    delete(physicalId) {
      deleteActivity(context).handle({ activityArn: physicalId }, cloudFormationCall(context));
    },
  };
}
