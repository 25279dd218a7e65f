import { violationsOf } from './world/invariants';
import { OrdersWorld } from './world/orders-world';
import { SAGA_STATES } from './world/saga-definitions';
import { SagaMachines } from './world/saga-machines';
import { reportOf, search } from './world/search';
import { planWorld } from './world/world-plan';

/** Worlds that together come through every state; orders.deep.test.ts lives through thousands. */
const FROM_SEED = 201;
const WORLDS = 100;

describe('orders under faults', () => {
  it(`keep every invariant in ${WORLDS} worlds, come to all four ends and through every state`, async () => {
    const { failure, ends, states, faults, lostEvents } = await search({ fromSeed: FROM_SEED, worlds: WORLDS });
    if (failure) throw new Error(failure.report);
    expect(Object.keys(ends).sort()).toEqual([
      'OrderCompensated',
      'OrderConfirmed',
      'OrderNeedsReview',
      'OrderRejected',
    ]);
    expect([...states].sort()).toEqual([...SAGA_STATES].sort());
    expect(faults).toBeGreaterThan(WORLDS);
    expect(lostEvents).toBeGreaterThan(5);
  });

  it('come out the same from the same seed, whatever was lived through before', async () => {
    const machines = new SagaMachines();
    const alone = await OrdersWorld.run(planWorld(7));
    await OrdersWorld.run(planWorld(6), {}, machines);
    const { trace, plan } = await OrdersWorld.run(planWorld(7), {}, machines);
    expect(trace.hash()).toBe(alone.trace.hash());
    expect(trace.lines.length).toBeGreaterThan(plan.orders.length);
    expect((await OrdersWorld.run(planWorld(8))).trace.hash()).not.toBe(trace.hash());
  });

  it('keep every invariant in the world of SEED, which this replays and prints', async () => {
    const seed = Number(process.env.SEED ?? 1);
    if (!Number.isSafeInteger(seed)) throw new Error(`SEED is ${process.env.SEED}; it must be a whole number.`);
    const world = await OrdersWorld.run(planWorld(seed));
    const violations = await violationsOf(world);
    const report = await reportOf(world, violations);
    if (process.env.SEED) process.stdout.write(`${report}\n`);
    if (violations.length > 0) throw new Error(report);
  });
});
