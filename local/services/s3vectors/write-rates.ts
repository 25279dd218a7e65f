/**
 * Owns how fast an index may be written, when that is asked for: requests and vectors of PutVectors and DeleteVectors
 * together. https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-vectors-limitations.html
 */
import { tooManyRequests } from './faults';

const REQUESTS_PER_SECOND = 1000;
const VECTORS_PER_SECOND = 2500;

interface Level {
  readonly atMs: number;
  readonly requests: number;
  readonly vectors: number;
}

/** What each index may still take: a second's worth at most, refilled as time passes. Time is handed in. */
export class WriteRates {
  private readonly levels = new Map<string, Level>();

  constructor(private readonly isOn: boolean) {}

  /** Throws TooManyRequestsException when a write comes too soon. */
  take(indexArn: string, vectorCount: number, nowMs: number): void {
    if (!this.isOn) return;
    const before = this.levels.get(indexArn);
    const seconds = before ? (nowMs - before.atMs) / 1000 : 1;
    const left = (level: number, rate: number) => Math.min(rate, level + seconds * rate);
    const requests = left(before?.requests ?? 0, REQUESTS_PER_SECOND) - 1;
    const vectors = left(before?.vectors ?? 0, VECTORS_PER_SECOND) - vectorCount;
    if (requests < 0 || vectors < 0) throw tooManyRequests();
    this.levels.set(indexArn, { atMs: nowMs, requests, vectors });
  }
}
