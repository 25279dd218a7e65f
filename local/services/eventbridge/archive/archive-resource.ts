import type { ResourceProvider, ResourceResult } from '../../../wire/resource-provider';
import type { EventBridge } from '../event-bridge';
import type { ArchiveInput } from './archives';
import type { Archive } from './model';

/** CloudFormation's names are cut to this: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateArchive.html */
const LONGEST_NAME = 48;

/** `AWS::Events::Archive`: Ref is the name; attribute Arn. */
export function archiveResource(bridge: EventBridge): ResourceProvider {
  const resultOf = ({ name, arn }: Archive): ResourceResult => ({
    physicalId: name,
    attributes: { Arn: arn, ArchiveName: name },
  });
  const inputOf = (name: string, { SourceArn, Description, EventPattern, RetentionDays }: any): ArchiveInput => ({
    ArchiveName: name,
    EventSourceArn: SourceArn,
    Description,
    EventPattern: typeof EventPattern === 'object' ? JSON.stringify(EventPattern) : EventPattern,
    RetentionDays: RetentionDays ?? 0,
  });
  return {
    type: 'AWS::Events::Archive',
    properties: {
      ArchiveName: 'emulated',
      SourceArn: 'emulated',
      Description: 'emulated',
      EventPattern: 'emulated',
      RetentionDays: 'number',
      KmsKeyIdentifier: { inert: 'encryption at rest: events live in the memory of this process' },
    },
    create: (properties, context) => {
      const name = properties.ArchiveName ?? context.generateName(LONGEST_NAME);
      return resultOf(bridge.archives.create(inputOf(name, properties)));
    },
    update: (physicalId, properties, previous, context) => {
      const isSame = properties.ArchiveName === previous.ArchiveName && properties.SourceArn === previous.SourceArn;
      if (isSame) return resultOf(bridge.archives.update(inputOf(physicalId, properties)));
      const name = properties.ArchiveName ?? context.generateName(LONGEST_NAME);
      return resultOf(bridge.archives.create(inputOf(name, properties)));
    },
    delete: (physicalId) => {
      if (bridge.archives.store.find(physicalId)) bridge.archives.delete(physicalId);
    },
  };
}
