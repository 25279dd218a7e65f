/** The stage of a laptop or a shared sandbox account: built-in providers, faults that can be turned on, nothing retained. */
export const dev = {
  name: 'dev',
  isProduction: false,
  logRetentionDays: 7,
  data: { onDelete: 'destroy', hasDeletionProtection: false, hasPointInTimeRecovery: true },
  payments: { provider: 'built-in' },
  hasFaultSwitches: true,
  hasEventProbe: true,
  orders: { machineTimeoutSeconds: 3600, maxReceiveCount: 5, intakeConcurrency: 5, publishAttempts: 10 },
  api: { requestsPerSecond: 200, burst: 400 },
  alarms: { emails: [], deadLetterDepth: 1, failedExecutions: 1, oldestOrderSeconds: 300 },
  approvals: { senderAddress: 'approvals@example.com', approvers: ['approver@example.com'] },
  monthlyBudgetDollars: 20,
};
