import type { PropertySpec, ResourceContext, ResourceProvider, ResourceResult } from '../../../wire/resource-provider';
import { createStateMachine } from '../actions/create-state-machine';
import { deleteStateMachine } from '../actions/delete-state-machine';
import { updateStateMachine } from '../actions/update-state-machine';
import type { ServiceContext } from '../context';
import { stateMachineAlreadyExists } from '../faults';
import { machineOf } from '../machine-lookup';
import type { LoggingConfiguration, MachineType, Tag } from '../model';
import { cloudFormationCall } from './cloudformation-call';
import { type DefinitionProperties, definitionText } from './definition-text';
import { ENCRYPTION_PROPERTIES, type EncryptionProperties, encryptionOf } from './encryption-properties';

interface StateMachineProperties extends DefinitionProperties, EncryptionProperties {
  StateMachineName?: string;
  RoleArn: string;
  StateMachineType?: MachineType;
  LoggingConfiguration?: {
    Level?: LoggingConfiguration['level'];
    IncludeExecutionData?: boolean;
    Destinations?: { CloudWatchLogsLogGroup?: { LogGroupArn?: string } }[];
  };
  TracingConfiguration?: { Enabled?: boolean };
  Tags?: { Key: string; Value: string }[];
}

const PROPERTIES: PropertySpec = {
  StateMachineName: 'emulated',
  RoleArn: 'emulated',
  StateMachineType: 'emulated',
  DefinitionString: 'emulated',
  Definition: 'emulated',
  DefinitionS3Location: {
    members: { Bucket: 'emulated', Key: 'emulated', Version: 'emulated' },
  },
  DefinitionSubstitutions: 'emulated',
  LoggingConfiguration: {
    members: {
      Level: 'emulated',
      IncludeExecutionData: 'boolean',
      Destinations: { members: { CloudWatchLogsLogGroup: { members: { LogGroupArn: 'emulated' } } } },
    },
  },
  TracingConfiguration: { members: { Enabled: 'boolean' } },
  EncryptionConfiguration: ENCRYPTION_PROPERTIES,
  Tags: 'emulated',
};

const NAME_LENGTH = 80;

/** `AWS::StepFunctions::StateMachine`: Ref is the ARN; attributes Arn, Name, StateMachineRevisionId. */
export function stateMachineResource(context: ServiceContext): ResourceProvider<StateMachineProperties> {
  const create = async (properties: StateMachineProperties, resource: ResourceContext): Promise<ResourceResult> => {
    const name = properties.StateMachineName ?? resource.generateName(NAME_LENGTH);
    const arn = context.arns.stateMachine(name);
    if (context.store.machines.get(arn)) throw stateMachineAlreadyExists(arn);
    const input = {
      name,
      type: properties.StateMachineType,
      tags: tagsOf(properties),
      ...(await changeable(properties, resource)),
    };
    await createStateMachine(context).handle(input, cloudFormationCall(context));
    return resultOf(context, arn);
  };
  return {
    type: 'AWS::StepFunctions::StateMachine',
    properties: PROPERTIES,
    create,
    async update(physicalId, properties, previous, resource) {
      const isReplaced =
        properties.StateMachineName !== previous.StateMachineName ||
        properties.StateMachineType !== previous.StateMachineType;
      if (isReplaced) return create(properties, resource);
      const input = { stateMachineArn: physicalId, ...(await changeable(properties, resource)) };
      await updateStateMachine(context).handle(input, cloudFormationCall(context));
      context.store.machines.setTags(machineOf(context, physicalId), tagsOf(properties));
      return resultOf(context, physicalId);
    },
    delete(physicalId) {
      deleteStateMachine(context).handle({ stateMachineArn: physicalId }, cloudFormationCall(context));
    },
  };
}

async function changeable(properties: StateMachineProperties, resource: ResourceContext) {
  const { LoggingConfiguration: logging } = properties;
  return {
    definition: await definitionText(properties, resource),
    roleArn: properties.RoleArn,
    loggingConfiguration: {
      level: logging?.Level,
      includeExecutionData: logging?.IncludeExecutionData,
      destinations: logging?.Destinations?.map(({ CloudWatchLogsLogGroup: group }) => ({
        cloudWatchLogsLogGroup: { logGroupArn: group?.LogGroupArn },
      })),
    },
    tracingConfiguration: { enabled: properties.TracingConfiguration?.Enabled ?? false },
    encryptionConfiguration: encryptionOf(properties) ?? { type: 'AWS_OWNED_KEY' },
  };
}

function tagsOf(properties: StateMachineProperties): Tag[] {
  return (properties.Tags ?? []).map(({ Key, Value }) => ({ key: Key, value: Value }));
}

function resultOf(context: ServiceContext, arn: string): ResourceResult {
  const machine = machineOf(context, arn);
  const { revisionId } = context.store.machines.revision(machine.revisionKey);
  return {
    physicalId: arn,
    attributes: { Arn: arn, Name: machine.name, StateMachineRevisionId: revisionId ?? 'INITIAL' },
  };
}
