import { embedPaced } from '../../../lambdas/ingestion/domain/paced-embedding';
import { createSharedPace } from '../../../lambdas/ingestion/domain/shared-pace';
import { FakePaceStore, vectorOf } from './support/fake-stores';
import { SimulatedClock } from './support/simulated-clock';

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

const SECOND = 1000;

/** Workers that share a pace and never run out of texts. */
async function simulate(limits: readonly number[], workers: number, phaseSeconds: number, settleSeconds: number) {
  const clock = new SimulatedClock();
  const provider = new HiddenLimit(clock, limits[0]!, 60);
  const store = new FakePaceStore();
  const began = clock.now();
  const end = began + limits.length * phaseSeconds * SECOND;
  const worker = async (id: number) => {
    for (let round = 0; clock.now() < end; round += 1) {
      const texts = new Map(Array.from({ length: 400 }, (_, n) => [`${id}-${round}-${n}`, `${n}`]));
      await embedPaced({ embedder: provider, pace: createSharedPace(store, clock), clock }, texts, end);
    }
  };
  const change = async () => {
    for (const [phase, limit] of limits.entries()) {
      await clock.sleep(began + phase * phaseSeconds * SECOND - clock.now());
      provider.perSecond = limit;
    }
  };
  await clock.run(Promise.all([change(), ...Array.from({ length: workers }, (_, id) => worker(id))]));
  return limits.map((limit, phase) => {
    const from = began + (phase * phaseSeconds + settleSeconds) * SECOND;
    const to = began + (phase + 1) * phaseSeconds * SECOND;
    const within = (at: number) => at >= from && at < to;
    const taken = provider.taken.filter(within).length;
    const refused = provider.refused.filter(within).length;
    const used = taken / (limit * ((to - from) / SECOND));
    return { limit, used, throttled: refused / (taken + refused) };
  });
}

describe('the shared pace', () => {
  it.each([
    [[20], 1],
    [[50], 3],
    [[200], 4],
    [[20, 200], 2],
    [[200, 20], 2],
    [[50, 20, 50], 3],
  ])(
    'uses at least 90 %% of hidden limits of %j calls a second with %i workers, under 1 %% throttled',
    async (limits, workers) => {
      for (const { limit, used, throttled } of await simulate(limits, workers, 300, 90)) {
        expect({ limit, isUsed: used >= 0.9, used }).toMatchObject({ isUsed: true });
        expect({ limit, isQuiet: throttled < 0.01, throttled }).toMatchObject({ isQuiet: true });
      }
    },
  );

  it('begins slowly and is not raised by an hour in which nobody calls', async () => {
    const clock = new SimulatedClock();
    const store = new FakePaceStore();
    const pace = createSharedPace(store, clock);
    const first = await pace.lease(1000);
    await clock.run(clock.sleep(3600 * SECOND));
    const later = await pace.lease(1000);
    expect(first).toMatchObject({ count: 8, intervalMs: 50 });
    expect(later).toMatchObject({ count: 8, intervalMs: 50 });
  });

  it('falls once for all the calls of a lease that are throttled', async () => {
    const clock = new SimulatedClock();
    const store = new FakePaceStore();
    const pace = createSharedPace(store, clock);
    const lease = await pace.lease(10);
    if ('waitMs' in lease) throw new Error('there is a lease');
    await pace.throttled(lease, { sent: 1, throttled: 1 });
    const fallen = store.state;
    await pace.throttled(lease, { sent: 2, throttled: 2 });
    expect(fallen?.epoch).toBe(1);
    expect(store.state).toEqual(fallen);
  });

  it('gives those who ask at the same time places of their own, with one write for all who wait', async () => {
    const store = new FakePaceStore();
    const written = jest.spyOn(store, 'write');
    const pace = createSharedPace(store, new SimulatedClock());
    const leases = await Promise.all([2, 2, 2, 1, 1].map((wanted) => pace.lease(wanted)));
    const places = leases.flatMap((lease) => {
      if ('waitMs' in lease) throw new Error('there is a lease');
      return Array.from({ length: lease.count }, (_, place) => lease.startAt + place * lease.intervalMs);
    });
    expect(places).toHaveLength(8);
    expect(new Set(places).size).toBe(8);
    // The first who comes asks alone; all who come meanwhile ask together.
    expect(written).toHaveBeenCalledTimes(2);
  });
});
