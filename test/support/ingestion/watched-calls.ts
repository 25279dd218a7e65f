import type { EmbeddedAws } from '../../../local/embedded-aws';

/** Calls of an API action that went through, and that were refused. */
export interface CallCounts {
  taken: number;
  refused: number;
}

/** Counts the calls of an action from now on. */
export function watchCalls(embedded: EmbeddedAws, serviceName: string, action: string): CallCounts {
  const service = embedded.gateway.registered.find(({ name }) => name === serviceName);
  const watched = service?.actions[action];
  if (!service || !watched) throw new Error(`There is no action ${action} of ${serviceName}.`);
  const counts: CallCounts = { taken: 0, refused: 0 };
  const actions = service.actions as Record<string, typeof watched>;
  actions[action] = {
    ...watched,
    async handle(input, context) {
      try {
        const answer = await watched.handle(input, context);
        counts.taken += 1;
        return answer;
      } catch (error) {
        counts.refused += 1;
        throw error;
      }
    },
  };
  return counts;
}
