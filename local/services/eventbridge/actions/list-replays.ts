import type { Action } from '../../../wire/service';
import { listedReplay } from '../archive/descriptions';
import type { EventBridge } from '../event-bridge';
import { pageOf } from '../page';

interface ListReplaysInput {
  readonly NamePrefix?: string;
  readonly EventSourceArn?: string;
  readonly State?: string;
  readonly Limit?: number;
  readonly NextToken?: string;
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListReplays.html */
export function listReplays(bridge: EventBridge): Action<ListReplaysInput> {
  return {
    access: () => [{ action: 'events:ListReplays', resource: bridge.replayArn('*') }],
    handle: (input) => {
      const found = bridge.archives.store
        .allReplays(bridge.now())
        .filter(({ name }) => name.startsWith(input.NamePrefix ?? ''))
        .filter(({ archiveArn }) => (input.EventSourceArn ?? archiveArn) === archiveArn)
        .filter(({ state }) => (input.State ?? state) === state);
      const { page, NextToken } = pageOf(found, input.Limit, input.NextToken);
      return { Replays: page.map(listedReplay), NextToken };
    },
  };
}
