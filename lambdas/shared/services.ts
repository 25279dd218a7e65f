/** The workflows, by the names under which their functions write metrics and logs. */
export const SERVICES = ['orders', 'approvals', 'ingestion', 'fan-out', 'quotes'] as const;

/** One of the workflows. */
export type Service = (typeof SERVICES)[number];
