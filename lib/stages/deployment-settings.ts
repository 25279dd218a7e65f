import { z } from 'zod';

/** How new versions of the workflows take over from those before. */
export const deploymentSettings = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('all-at-once') }),
  z.strictObject({
    type: z.literal('canary'),
    /** The share of new executions that a new version gets at first, in per cent. */
    percentage: z.int().min(1).max(99),
    /** How long it must do well with them; a deployment lasts at least as long. CloudFormation waits a day and a half. */
    intervalMinutes: z.int().min(1).max(2100),
    /** Failures of its own within five minutes that take the deployment back. */
    failures: z.int().min(1),
  }),
]);
