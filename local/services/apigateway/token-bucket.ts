/** Lets through `burst` requests at once and `rate` a second on average. Time is handed in. */
export class TokenBucket {
  private tokens: number;
  private filledAtMs: number | undefined;

  constructor(
    private readonly rate: number,
    private readonly burst: number,
  ) {
    this.tokens = burst;
  }

  /** Takes a token; false when there is none. */
  take(nowMs: number): boolean {
    const elapsedMs = this.filledAtMs === undefined ? 0 : Math.max(0, nowMs - this.filledAtMs);
    this.tokens = Math.min(this.burst, this.tokens + (elapsedMs / 1000) * this.rate);
    this.filledAtMs = nowMs;
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}
