import { z } from 'zod';

/** How often the watchers look, and what they take for standing still. */
export const watchSettings = z.strictObject({
  /** How often the cost of each workflow is estimated: each time asks CloudWatch for some 200 metrics, a cent per 1,000. */
  costsEveryMinutes: z.int().min(5).max(60),
  /** Seconds for which a machine whose histories nobody can read may run in silence, longer than all of its retries. */
  silentSeconds: z.strictObject({
    orders: z.int().min(60),
    undo: z.int().min(60),
    asking: z.int().min(60),
  }),
});
