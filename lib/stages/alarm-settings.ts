import { z } from 'zod';

const email = z.email('must be an e-mail address such as oncall@example.com');

/** A parked message is kept for 14 days: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const PARKED_SECONDS = 14 * 86_400;

/** What rings the alarms of a stage. Rates and latencies of the workflows are in service-level-settings.ts. */
export const alarmSettings = z.strictObject({
  /** Who is mailed, by the two topics. Empty: the alarms ring, and nobody is mailed. */
  readers: z.strictObject({ page: z.array(email), ticket: z.array(email) }),
  /** Who answers for the alarms of this stage; it stands in each alarm. */
  owner: z.string().min(1, 'must say who answers for the alarms').max(60),
  /** Where docs/runbooks can be read, without a slash at the end; each alarm links its own page. */
  runbooksUrl: z.url({ protocol: /^https$/, error: 'must be an https URL' }),
  /** Messages in a dead-letter or review queue that raise the alarm. */
  deadLetterDepth: z.int().min(1),
  /** Executions that fail, time out or are aborted within five minutes that raise the alarm. */
  failedExecutions: z.int().min(1),
  /** Orders within an hour that only the reconciliation brought to their end. */
  orphanedOrders: z.int().min(1),
  /** Charges within an hour that do not agree with their orders. */
  moneyMismatches: z.int().min(1),
  /** Seconds that the oldest order may wait in the queue. */
  oldestOrderSeconds: z.int().min(60),
  /** Seconds that the oldest ask for an approval may wait in the queue before anybody is mailed. */
  oldestAskSeconds: z.int().min(60),
  /** Invocations of carry-out, or of the sweeper, that fail within five minutes that raise the alarm. */
  carryOutErrors: z.int().min(1),
  /** Requests within five minutes that no mail could reach anybody for. */
  undeliverableApprovals: z.int().min(1),
  /** Decisions within an hour that the asking workflow did not take, or that only the sweeper could deliver. */
  undeliveredCallbacks: z.int().min(1),
  /** Seconds that the oldest change of a document may wait in the queue. */
  oldestDocumentSeconds: z.int().min(60),
  /** Seconds that the oldest check of deliveries may wait, its delay of minutes included. */
  oldestCheckSeconds: z.int().min(600),
  /** Times within five minutes that the webhook's breaker opens. */
  breakerOpenings: z.int().min(1),
  /** Invocations of sweep-documents that fail within a day that raise the alarm. */
  sweepErrors: z.int().min(1),
  /** Executions that are silent for longer than their states allow that raise the alarm. */
  stuckExecutions: z.int().min(1),
  /** Tasks a minute that the machines of one stack may begin, over five minutes. */
  tasksPerMinute: z.int().min(1),
  /** The share of tasks that may be retries, in per cent, once there are so many retries within five minutes. */
  retries: z.strictObject({ percentage: z.int().min(1).max(99), atLeast: z.int().min(1) }),
  /** Late steps within five minutes that a fence, or a newer attempt, had to stop. */
  stoppedZombies: z.int().min(1),
  /** Events and requests within five minutes that hold what the contract does not know, or break it. */
  driftedMessages: z.int().min(1),
  /** Seconds that the oldest message may lie in a dead-letter or review queue. */
  oldestParkedSeconds: z
    .int()
    .min(3600)
    .max(PARKED_SECONDS - 86_400, 'must leave a day: the queues drop messages after 14 days'),
  /** Calls within five minutes that AWS throttles. */
  throttledCalls: z.int().min(1),
  /** Seconds that the oldest request for an approval may wait for its answer. */
  unansweredApprovalSeconds: z.int().min(60),
  /** Finished orders, requests or documents whose trail lacks a row. */
  missingAuditRows: z.int().min(1),
  /** How many times what monthlyBudgetDollars allows for an hour may be spent in one. */
  runawayFactor: z.number().min(2),
  /** Minutes without a word of the watcher that raise the alarm. */
  watcherSilentMinutes: z.int().min(3).max(60),
});

/** What is wrong between settings of the alarms: a path and a message, one for each. */
export function alarmRefusals(
  { unansweredApprovalSeconds }: z.infer<typeof alarmSettings>,
  expiresInSeconds: number,
): { path: string[]; message: string }[] {
  if (unansweredApprovalSeconds < expiresInSeconds) return [];
  return [
    {
      path: ['alarms', 'unansweredApprovalSeconds'],
      message: `must be less than ${expiresInSeconds}, approvals.expiresInSeconds: an older request has been refused`,
    },
  ];
}
