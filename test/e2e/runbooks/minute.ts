/** The step of time in which alarms are evaluated. */
export const MINUTE_MS = 60_000;
