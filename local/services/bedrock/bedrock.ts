import type { Host } from '../../wire/host';
import { RequestLimit } from './request-limit';

/** What Bedrock's action works with: the limit of requests, and the timeouts that somebody asked for. */
export class Bedrock {
  readonly limit = new RequestLimit();
  private timeouts = 0;

  constructor(
    readonly host: Host,
    requestsPerSecond: number | undefined,
  ) {
    this.limit.set(requestsPerSecond);
  }

  now(): number {
    return this.host.kernel.clock.now();
  }

  /** The next requests that the limit lets through time out. */
  timeOutNext(requests: number): void {
    this.timeouts = requests;
  }

  /** Whether this request is one of them. */
  takeTimeout(): boolean {
    if (this.timeouts === 0) return false;
    this.timeouts--;
    return true;
  }
}
