/**
 * The stage that moves money: a real payment provider, tables that outlive the stack, logs kept for a year. The ARN of
 * the Stripe secret belongs to an account and not to a repository, so it is handed in: `-c stripeSecretArn=ARN`.
 */
export function production(stripeSecretArn: string | undefined) {
  return {
    name: 'production',
    isProduction: true,
    logRetentionDays: 365,
    data: { onDelete: 'retain', hasDeletionProtection: true, hasPointInTimeRecovery: true },
    payments: { provider: 'stripe', secretArn: stripeSecretArn },
    hasFaultSwitches: false,
    hasEventProbe: false,
    hasExamples: false,
    orders: {
      approvalAboveCents: 100_000,
      machineTimeoutSeconds: 270_000,
      maxReceiveCount: 5,
      intakeConcurrency: 20,
      publishAttempts: 100,
    },
    api: { requestsPerSecond: 500, burst: 1000 },
    alarms: {
      emails: ['oncall@example.com'],
      deadLetterDepth: 1,
      failedExecutions: 1,
      oldestOrderSeconds: 300,
      oldestAskSeconds: 300,
      carryOutErrors: 3,
      undeliverableApprovals: 1,
      undeliveredCallbacks: 1,
      oldestDocumentSeconds: 900,
      sweepErrors: 3,
    },
    approvals: {
      senderAddress: 'approvals@example.com',
      senderIdentity: 'existing',
      approvers: ['approver@example.com'],
      expiresInSeconds: 259_200,
      reminders: { everySeconds: 28_800, atMost: 5 },
      escalation: { afterSeconds: 86_400, to: ['lead@example.com'] },
      sweepMinutes: 30,
      requestsPerSecond: 50,
      burst: 100,
      historyReaders: 'nobody',
    },
    ingestion: {
      embedding: { modelId: 'amazon.titan-embed-text-v2:0', dimensions: 512 },
      batchSize: 25,
      loadConcurrency: 20,
      intakeConcurrency: 20,
      maxReceiveCount: 5,
      machineTimeoutSeconds: 259_200,
      keepWorkDays: 7,
      keepVersionsDays: 30,
      sweepMinutes: 60,
      requestsPerSecond: 500,
      burst: 1000,
    },
    monthlyBudgetDollars: 500,
  };
}
