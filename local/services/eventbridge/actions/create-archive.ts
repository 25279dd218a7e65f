import type { Action } from '../../../wire/service';
import type { ArchiveInput } from '../archive/archives';
import type { EventBridge } from '../event-bridge';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateArchive.html */
export function createArchive(bridge: EventBridge): Action<ArchiveInput> {
  return {
    access: bridge.accessOnArchive('CreateArchive'),
    handle: (input) => {
      const { arn, createdAtMs } = bridge.archives.create(input);
      return { ArchiveArn: arn, State: 'ENABLED', CreationTime: createdAtMs / 1000 };
    },
  };
}
