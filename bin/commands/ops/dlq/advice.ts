/** What lies in a queue and what may be done, in the words of docs/operating.md. */
export interface Advice {
  readonly means: string;
  readonly may: string;
}

/** By the name of the queue's output. A queue that is not named here is one of a workflow of your own. */
const ADVICE: Readonly<Record<string, Advice>> = {
  OrderDeadLetterQueue: {
    means: 'events that can never be an order, or messages that failed five times',
    may: 'mend the producer and send the order again with its id; replay what is retryable',
  },
  RecoveryDeadLetterQueue: {
    means: 'executions whose undos could not be started',
    may: 'repair the cause, then replay',
  },
  OrderEventsDeadLetterQueue: {
    means: 'changes of orders that could not be published',
    may: 'repair the cause; pointers cannot be replayed, events for the probe can',
  },
  ReviewQueue: {
    means: 'orders that a person must settle',
    may: 'settle what failed, then delete the message',
  },
  ApprovalsDeadLetterQueue: {
    means: 'asks that break their contract, or that failed five times; they hold task tokens',
    may: 'mend the machine that asks; replay what is retryable',
  },
  ApprovalEffectsDeadLetterQueue: {
    means: 'pointers to requests whose mails, callbacks or wake-ups failed',
    may: 'repair the cause; the sweeper carries them out; delete the pointers',
  },
  ApprovalWakesDeadLetterQueue: {
    means: 'wake-ups that could not be delivered',
    may: 'nothing: the sweeper wakes the request',
  },
  ApprovalFeedbackDeadLetterQueue: {
    means: 'bounces and complaints that belong to no request, or failed',
    may: 'look at the address; replay what is retryable',
  },
  ExpenseReviewQueue: {
    means: 'expenses that could not be recorded',
    may: 'record them by hand, then delete the message',
  },
  IngestDeadLetterQueue: {
    means: 'events of objects that can be no document, or messages that failed five times',
    may: 'mend what uploads and upload again; replay what is retryable',
  },
  IngestReviewQueue: {
    means: 'documents and loads that could not be ingested',
    may: 'repair the cause and let them run again, then delete the message',
  },
  IngestSweepDeadLetterQueue: {
    means: 'sweeps that could not be delivered',
    may: 'nothing: the next one does their work',
  },
  ParkedQueue: {
    means: 'deliveries of events that failed for good at one target: mail, webhook or analytics',
    may: 'repair the target, then replay: only that target is tried again',
  },
  CheckDeadLetterQueue: {
    means: 'checks of deliveries that failed five times',
    may: 'repair the cause, then replay',
  },
};

/** The advice for a queue by its name. */
export function adviceFor(name: string): Advice {
  return ADVICE[name] ?? { means: 'messages that failed', may: 'look with show; replay what is retryable' };
}

/** The names of queues that have advice of their own. */
export function advisedQueues(): string[] {
  return Object.keys(ADVICE);
}
