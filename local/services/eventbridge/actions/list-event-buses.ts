import type { Action } from '../../../wire/service';
import { describeBus } from '../bus-description';
import type { EventBridge } from '../event-bridge';
import { pageOf } from '../page';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListEventBuses.html */
export function listEventBuses(
  bridge: EventBridge,
): Action<{ NamePrefix?: string; Limit?: number; NextToken?: string }> {
  return {
    access: () => [{ action: 'events:ListEventBuses', resource: '*' }],
    handle: ({ NamePrefix = '', Limit, NextToken: token }) => {
      const buses = bridge.store.allBuses().filter((bus) => bus.name.startsWith(NamePrefix));
      const { page, NextToken } = pageOf(buses, Limit, token);
      return { EventBuses: page.map(describeBus), NextToken };
    },
  };
}
