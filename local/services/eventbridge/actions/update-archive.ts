import type { Action } from '../../../wire/service';
import type { ArchiveInput } from '../archive/archives';
import type { EventBridge } from '../event-bridge';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_UpdateArchive.html */
export function updateArchive(bridge: EventBridge): Action<Omit<ArchiveInput, 'EventSourceArn'>> {
  return {
    access: bridge.accessOnArchive('UpdateArchive'),
    handle: (input) => {
      const { arn, createdAtMs } = bridge.archives.update(input);
      return { ArchiveArn: arn, State: 'ENABLED', CreationTime: createdAtMs / 1000 };
    },
  };
}
