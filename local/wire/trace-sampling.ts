import type { Random } from '../kernel/random';

const SAMPLED_SHARE = 0.05;

/**
 * X-Ray's default rule: the first request of each second, and 5 % of the others; for each function or machine on its own.
 * https://docs.aws.amazon.com/xray/latest/devguide/xray-console-sampling.html
 */
export class TraceSampling {
  /** The last second in which the reservoir of one was used, by name. */
  private readonly reservoirs = new Map<string, number>();

  constructor(private readonly random: Random) {}

  /** Whether a request to `name` that nobody has decided on is recorded. */
  samples(name: string, nowMs: number): boolean {
    const second = Math.floor(nowMs / 1000);
    if (this.reservoirs.get(name) === second) return this.random.next() < SAMPLED_SHARE;
    this.reservoirs.set(name, second);
    return true;
  }
}
