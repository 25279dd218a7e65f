import { z } from 'zod';

/** What quotes ask of a stage. */
export const quoteSettings = z.strictObject({
  /** Seconds for which a quote may be shown; prices and stock go on changing. */
  validSeconds: z.int().min(60).max(86_400),
  /** Runs within five minutes that fail or time out that raise the alarm. */
  failedRuns: z.int().min(1),
  requestsPerSecond: z.int().min(1).max(10_000),
  burst: z.int().min(1).max(5000),
});
