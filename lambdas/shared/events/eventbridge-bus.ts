import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { Sender } from '../aws/sender';
import type { EventBus } from './event-bus';

/**
 * PutEvents takes at most this many entries:
 * https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 */
const ENTRIES_PER_CALL = 10;

/** The custom bus. A call succeeds although entries failed, so each entry's own answer is looked at. */
export function createEventBridgeBus({ client, busName }: { client: Sender; busName: string }): EventBus {
  return {
    async put(events) {
      const taken: boolean[] = [];
      for (let first = 0; first < events.length; first += ENTRIES_PER_CALL) {
        const some = events.slice(first, first + ENTRIES_PER_CALL);
        const { Entries } = await client.send(
          new PutEventsCommand({
            Entries: some.map(({ source, detailType, detail }) => ({
              EventBusName: busName,
              Source: source,
              DetailType: detailType,
              Detail: JSON.stringify(detail),
            })),
          }),
        );
        taken.push(...some.map((_, index) => Boolean(Entries?.[index]?.EventId)));
      }
      return taken;
    },
  };
}
