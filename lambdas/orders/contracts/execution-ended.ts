import * as z from 'zod/mini';

/**
 * The detail of `Step Functions Execution Status Change`:
 * https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html. Only what we read is checked.
 */
export const executionEnded = z.object({
  executionArn: z.string('executionArn must be text'),
  name: z.string('name must be text'),
  status: z.enum(['FAILED', 'TIMED_OUT', 'ABORTED'], 'status must be FAILED, TIMED_OUT or ABORTED'),
  error: z.nullish(z.string('error must be text')),
  cause: z.nullish(z.string('cause must be text')),
});
