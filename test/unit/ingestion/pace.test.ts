import { createSharedPace } from '../../../lambdas/ingestion/domain/shared-pace';
import { FakePaceStore } from './support/fake-stores';
import { expectToUse } from './support/pace-simulation';
import { SimulatedClock } from './support/simulated-clock';

const SECOND = 1000;

describe('the shared pace', () => {
  it.each([
    [[20], 1],
    [[50], 3],
    [[20, 200], 2],
  ])('uses at least 90 %% of hidden limits of %j calls a second with %i workers, under 1 %% throttled', expectToUse);

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
