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
    orders: { machineTimeoutSeconds: 3600, maxReceiveCount: 5, intakeConcurrency: 20, publishAttempts: 100 },
    api: { requestsPerSecond: 500, burst: 1000 },
    alarms: { emails: ['oncall@example.com'], deadLetterDepth: 1, failedExecutions: 1, oldestOrderSeconds: 300 },
    approvals: { senderAddress: 'approvals@example.com', approvers: ['approver@example.com'] },
    monthlyBudgetDollars: 500,
  };
}
