import type { Action } from '../../../wire/service';
import { describedArchive } from '../archive/descriptions';
import type { EventBridge } from '../event-bridge';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeArchive.html */
export function describeArchive(bridge: EventBridge): Action<{ ArchiveName?: string }> {
  return {
    access: bridge.accessOnArchive('DescribeArchive'),
    handle: ({ ArchiveName = '' }) => {
      const { store } = bridge.archives;
      return describedArchive(store.get(ArchiveName), store.eventsOf(ArchiveName, bridge.now()));
    },
  };
}
