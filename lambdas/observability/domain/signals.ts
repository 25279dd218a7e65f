/** What the watchers publish. */
export const WATCHED = {
  stuck: 'StuckExecutions',
  pendingAge: 'PendingApprovalAgeSeconds',
  auditSampled: 'AuditSampled',
  auditMissing: 'AuditMissing',
  budget: 'ErrorBudgetRemaining',
  hourCost: 'HourCostDollars',
  monthToDate: 'MonthToDateDollars',
  monthCost: 'MonthCostDollars',
} as const;
