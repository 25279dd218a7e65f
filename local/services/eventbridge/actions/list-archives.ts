import type { Action } from '../../../wire/service';
import { listedArchive } from '../archive/descriptions';
import type { EventBridge } from '../event-bridge';
import { pageOf } from '../page';

interface ListArchivesInput {
  readonly NamePrefix?: string;
  readonly EventSourceArn?: string;
  readonly State?: string;
  readonly Limit?: number;
  readonly NextToken?: string;
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListArchives.html */
export function listArchives(bridge: EventBridge): Action<ListArchivesInput> {
  return {
    access: () => [{ action: 'events:ListArchives', resource: bridge.archiveArn('*') }],
    handle: (input) => {
      const { store } = bridge.archives;
      const found = store
        .all()
        .filter(({ name }) => name.startsWith(input.NamePrefix ?? ''))
        .filter(({ busArn }) => (input.EventSourceArn ?? busArn) === busArn)
        .filter(() => (input.State ?? 'ENABLED') === 'ENABLED');
      const { page, NextToken } = pageOf(found, input.Limit, input.NextToken);
      const nowMs = bridge.now();
      return {
        Archives: page.map((archive) => listedArchive(archive, store.eventsOf(archive.name, nowMs))),
        NextToken,
      };
    },
  };
}
