const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/**
 * A moment as people of any country read it: `Tuesday 2026-03-03, 14:05 UTC`. Seconds are cut off, so that a deadline
 * is never later than it looks.
 */
export function utcTime(milliseconds: number): string {
  const moment = new Date(milliseconds);
  const iso = moment.toISOString();
  return `${DAYS[moment.getUTCDay()]} ${iso.slice(0, 10)}, ${iso.slice(11, 16)} UTC`;
}
