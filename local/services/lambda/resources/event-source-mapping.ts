import type { ResourceProvider } from '../../../wire/resource-provider';
import type { LambdaParts } from '../lambda-parts';
import { createMapping, deleteMapping, updateMapping } from '../mappings/mapping-changes';
import type { MappingSettings } from '../mappings/mapping-configuration';
import type { EventSourceMapping } from '../model';

/** AWS::Lambda::EventSourceMapping, from SQS queues and DynamoDB streams. `Ref` is its UUID; attributes `Id`, `EventSourceMappingArn`. */
export function eventSourceMappingResource(parts: LambdaParts): ResourceProvider<MappingSettings> {
  const { host, store } = parts;
  const resultOf = ({ UUID }: EventSourceMapping) => ({
    physicalId: UUID,
    attributes: {
      Id: UUID,
      EventSourceMappingArn: `arn:aws:lambda:${host.region}:${host.accountId}:event-source-mapping:${UUID}`,
    },
  });
  return {
    type: 'AWS::Lambda::EventSourceMapping',
    properties: {
      EventSourceArn: 'emulated',
      FunctionName: 'emulated',
      Enabled: 'emulated',
      BatchSize: 'emulated',
      MaximumBatchingWindowInSeconds: 'emulated',
      FilterCriteria: { members: { Filters: { members: { Pattern: 'emulated' } } } },
      FunctionResponseTypes: 'emulated',
      ScalingConfig: { members: { MaximumConcurrency: 'emulated' } },
      DestinationConfig: { members: { OnFailure: { members: { Destination: 'emulated' } } } },
      StartingPosition: 'emulated',
      BisectBatchOnFunctionError: 'emulated',
      MaximumRetryAttempts: 'emulated',
      MaximumRecordAgeInSeconds: 'emulated',
      ParallelizationFactor: 'emulated',
      KmsKeyArn: { inert: 'encryption at rest (of the filter criteria)' },
      Tags: {
        inert: 'tags of event source mappings serve cost reports and access by tag, neither of which is emulated',
      },
    },
    create: (properties) => resultOf(createMapping(parts, properties)),
    update(physicalId, properties, previous) {
      const isMoved =
        properties.EventSourceArn !== previous.EventSourceArn ||
        properties.StartingPosition !== previous.StartingPosition;
      return resultOf(isMoved ? createMapping(parts, properties) : updateMapping(parts, physicalId, properties));
    },
    delete(physicalId) {
      if (store.listMappings().some(({ UUID }) => UUID === physicalId)) deleteMapping(parts, physicalId);
    },
  };
}
