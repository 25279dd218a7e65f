import { embedPaced } from '../../../../lambdas/ingestion/domain/paced-embedding';
import { createSharedPace } from '../../../../lambdas/ingestion/domain/shared-pace';
import { FakePaceStore, vectorOf } from './fake-stores';
import { SimulatedClock } from './simulated-clock';

/** A provider that lets through so many calls a second, and a tenth of a second's worth at once. */
class HiddenLimit {
  private tokens = 0;
  private at: number;
  taken: number[] = [];
  refused: number[] = [];

  constructor(
    private readonly clock: SimulatedClock,
    public perSecond: number,
    private readonly latencyMs: number,
  ) {
    this.at = clock.now();
  }

  readonly model = 'hidden';
  readonly dimensions = 8;

  async embed(text: string) {
    const now = this.clock.now();
    const capacity = Math.max(1, this.perSecond / 10);
    this.tokens = Math.min(capacity, this.tokens + ((now - this.at) / 1000) * this.perSecond);
    this.at = now;
    const isTaken = this.tokens >= 1;
    if (isTaken) this.tokens -= 1;
    (isTaken ? this.taken : this.refused).push(now);
    await this.clock.sleep(this.latencyMs);
    return isTaken ? { kind: 'embedded' as const, vector: vectorOf(text) } : { kind: 'throttled' as const };
  }
}

const SECOND_MS = 1000;

/** How workers that share a pace and never run out of texts use limits that change every so many seconds. */
async function simulatePace(limits: readonly number[], workers: number, phaseSeconds: number, settleSeconds: number) {
  const clock = new SimulatedClock();
  const provider = new HiddenLimit(clock, limits[0]!, 60);
  const store = new FakePaceStore();
  const began = clock.now();
  const end = began + limits.length * phaseSeconds * SECOND_MS;
  const worker = async (id: number) => {
    for (let round = 0; clock.now() < end; round += 1) {
      const texts = new Map(Array.from({ length: 400 }, (_, n) => [`${id}-${round}-${n}`, `${n}`]));
      await embedPaced({ embedder: provider, pace: createSharedPace(store, clock), clock }, texts, end);
    }
  };
  const change = async () => {
    for (const [phase, limit] of limits.entries()) {
      await clock.sleep(began + phase * phaseSeconds * SECOND_MS - clock.now());
      provider.perSecond = limit;
    }
  };
  await clock.run(Promise.all([change(), ...Array.from({ length: workers }, (_, id) => worker(id))]));
  return limits.map((limit, phase) => {
    const from = began + (phase * phaseSeconds + settleSeconds) * SECOND_MS;
    const to = began + (phase + 1) * phaseSeconds * SECOND_MS;
    const within = (at: number) => at >= from && at < to;
    const taken = provider.taken.filter(within).length;
    const refused = provider.refused.filter(within).length;
    const used = taken / (limit * ((to - from) / SECOND_MS));
    return { limit, used, throttled: refused / (taken + refused) };
  });
}

/** Throws where a limit is used by less than 90 %, or 1 % of the calls are throttled. */
export async function expectToUse(limits: readonly number[], workers: number): Promise<void> {
  for (const { limit, used, throttled } of await simulatePace(limits, workers, 300, 90)) {
    expect({ limit, isUsed: used >= 0.9, used }).toMatchObject({ isUsed: true });
    expect({ limit, isQuiet: throttled < 0.01, throttled }).toMatchObject({ isQuiet: true });
  }
}
