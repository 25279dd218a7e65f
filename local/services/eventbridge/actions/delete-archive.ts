import type { Action } from '../../../wire/service';
import type { EventBridge } from '../event-bridge';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeleteArchive.html */
export function deleteArchive(bridge: EventBridge): Action<{ ArchiveName?: string }> {
  return {
    access: bridge.accessOnArchive('DeleteArchive'),
    handle: ({ ArchiveName = '' }) => {
      bridge.archives.delete(ArchiveName);
      return {};
    },
  };
}
