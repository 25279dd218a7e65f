/** Requests since the start. */
export interface RequestCounts {
  readonly admitted: number;
  readonly throttled: number;
}

/** Lets through a number of requests a second, and a second's worth at once. Without a limit, all. Time is handed in. */
export class RequestLimit {
  private perSecond: number | undefined;
  private tokens = 0;
  private filledAtMs: number | undefined;
  private admitted = 0;
  private throttled = 0;

  get counts(): RequestCounts {
    return { admitted: this.admitted, throttled: this.throttled };
  }

  /** Another limit from now on, with a full second's worth; undefined for none. Throws RangeError unless it is positive. */
  set(perSecond: number | undefined): void {
    if (perSecond !== undefined && !(perSecond > 0)) {
      throw new RangeError(`a limit is a positive number of requests a second, and not ${perSecond}`);
    }
    this.perSecond = perSecond;
    this.filledAtMs = undefined;
  }

  /** Whether a request gets through now; it is counted as one or the other. */
  admits(nowMs: number): boolean {
    const isAdmitted = this.takeToken(nowMs);
    if (isAdmitted) this.admitted += 1;
    else this.throttled += 1;
    return isAdmitted;
  }

  private takeToken(nowMs: number): boolean {
    if (this.perSecond === undefined) return true;
    const capacity = Math.max(1, this.perSecond);
    const seconds = this.filledAtMs === undefined ? Number.POSITIVE_INFINITY : (nowMs - this.filledAtMs) / 1000;
    this.tokens = Math.min(capacity, this.tokens + seconds * this.perSecond);
    this.filledAtMs = nowMs;
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}
