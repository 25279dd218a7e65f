import { AwsError } from '../../../wire/aws-error';
import type { ResourceProvider } from '../../../wire/resource-provider';
import { deleteStateMachineVersion } from '../actions/delete-state-machine-version';
import { publishStateMachineVersion } from '../actions/publish-state-machine-version';
import type { ServiceContext } from '../context';
import { machineOf } from '../machine-lookup';
import { cloudFormationCall } from './cloudformation-call';

interface VersionProperties {
  StateMachineArn: string;
  StateMachineRevisionId?: string;
  Description?: string;
}

/** `AWS::StepFunctions::StateMachineVersion`: Ref and Arn are the version's ARN; every change makes a new version. */
export function stateMachineVersionResource(context: ServiceContext): ResourceProvider<VersionProperties> {
  return {
    type: 'AWS::StepFunctions::StateMachineVersion',
    properties: { StateMachineArn: 'emulated', StateMachineRevisionId: 'emulated', Description: 'emulated' },
    async create(properties) {
      refusePublished(context, properties.StateMachineArn);
      const input = {
        stateMachineArn: properties.StateMachineArn,
        revisionId: properties.StateMachineRevisionId,
        description: properties.Description,
      };
      const published = await publishStateMachineVersion(context).handle(input, cloudFormationCall(context));
      return { physicalId: published.stateMachineVersionArn, attributes: { Arn: published.stateMachineVersionArn } };
    },
    async delete(physicalId) {
      await deleteStateMachineVersion(context).handle(
        { stateMachineVersionArn: physicalId },
        cloudFormationCall(context),
      );
    },
  };
}

/** PublishStateMachineVersion would answer with the version that is there; the resource type refuses to be it too. */
function refusePublished(context: ServiceContext, machineArn: string): void {
  const machine = machineOf(context, machineArn);
  if (machine.versions.at(-1)?.revisionKey !== machine.revisionKey) return;
  throw new AwsError('StateMachineAlreadyExists', 'StateMachineAlreadyExists');
}
