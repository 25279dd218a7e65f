import { z } from 'zod';

/** It takes two more minutes and a look to be sure, and what stands still must be told within five. */
const LONGEST_SILENCE_SECONDS = 120;

const silence = z
  .int()
  .min(60)
  .max(
    LONGEST_SILENCE_SECONDS,
    `must be at most ${LONGEST_SILENCE_SECONDS}: what stands still rings within five minutes`,
  );

/** How often the watchers look, and what they take for standing still. */
export const watchSettings = z.strictObject({
  /** How often the cost of each workflow is estimated: each time asks CloudWatch for some 200 metrics, a cent per 1,000. */
  costsEveryMinutes: z.int().min(5).max(60),
  /**
   * Seconds for which a machine whose histories nobody can read may run without a person being asked. Undos ask nobody: all that
   * their states allow is granted to them.
   */
  silentSeconds: z.strictObject({
    orders: silence,
    undo: z.int().min(60),
    asking: silence,
  }),
});
