/** A time of a request in milliseconds: a Date or its text from inside, seconds since the epoch from the wire. */
export function timeMs(time: number | string | Date | undefined): number | undefined {
  if (time === undefined || time === null) return undefined;
  return typeof time === 'number' ? time * 1000 : new Date(time).getTime();
}

/** The form that EventBridge gives times: `2026-01-01T00:00:00Z`. */
export function wholeSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
