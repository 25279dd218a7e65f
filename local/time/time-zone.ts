/**
 * Owns the way between points in time and the wall clock of a time zone, with daylight saving. Pure: the zones are those
 * that Node.js brings along.
 * A wall time is written as milliseconds since the epoch, as though the wall stood in UTC.
 */

const DAY_MS = 24 * 3_600_000;

/** A time zone by its IANA name, such as `Europe/Berlin`. */
export class TimeZone {
  private readonly format: Intl.DateTimeFormat | undefined;

  /** Throws RangeError for a name that is none. */
  constructor(readonly name: string) {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    this.format = format.resolvedOptions().timeZone === 'UTC' ? undefined : format;
  }

  /** What the wall clock shows at a point in time. */
  wallAt(ms: number): number {
    return ms + this.offsetAt(ms);
  }

  /**
   * When the wall clock shows a time: the first moment of the two when the hour is repeated, undefined when it is skipped.
   */
  momentOf(wallMs: number): number | undefined {
    const moments = this.candidates(wallMs).filter((ms) => this.wallAt(ms) === wallMs);
    return moments.length > 0 ? Math.min(...moments) : undefined;
  }

  /** When the wall clock shows a time; one that is skipped is taken by the clock as it went before the change. */
  momentOfOrAfter(wallMs: number): number {
    return this.momentOf(wallMs) ?? Math.max(...this.candidates(wallMs));
  }

  /** The moment by the offsets that hold a day before and a day after: zones change at most once in that time. */
  private candidates(wallMs: number): number[] {
    return [wallMs - this.offsetAt(wallMs - DAY_MS), wallMs - this.offsetAt(wallMs + DAY_MS)];
  }

  private offsetAt(ms: number): number {
    if (!this.format) return 0;
    const seconds = Math.floor(ms / 1000) * 1000;
    const parts = Object.fromEntries(
      this.format.formatToParts(seconds).map(({ type, value }) => [type, Number(value)]),
    );
    const { year, month, day, hour, minute, second } = parts as Record<string, number>;
    return Date.UTC(year!, month! - 1, day!, hour!, minute!, second!) - seconds;
  }
}
