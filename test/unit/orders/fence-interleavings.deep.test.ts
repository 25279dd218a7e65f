import fc from 'fast-check';
import type { FaultKind } from '../../../lambdas/orders/domain/fault';
import { invocation } from '../shared/turned-clock';
import { chargeOrder, createPaymentRoom, refundOrder } from './ports/payment-room';

const fault = fc.option(
  fc.constantFrom<FaultKind>('decline', 'errorBeforeEffect', 'throttled', 'timeoutAfterEffect', 'slow'),
  { nil: undefined },
);

/**
 * An attempt: `remainingMs` below zero makes its record free at once, as if its deadline had passed while it runs on, so that
 * attempts overlap as zombies and successors do.
 */
const attempt = fc.record({ kind: fc.constant('charge' as const), remainingMs: fc.constantFrom(-1, 10_000) });
const undo = fc.record({ kind: fc.constant('refund' as const), remainingMs: fc.constant(10_000) });

const schedules = fc.record({
  acts: fc.array(fc.oneof({ weight: 3, arbitrary: attempt }, { weight: 1, arbitrary: undo }), {
    minLength: 1,
    maxLength: 6,
  }),
  charge: fc.array(fault, { maxLength: 6 }),
  refund: fc.array(fault, { maxLength: 3 }),
  lookupPayment: fc.array(fault, { maxLength: 3 }),
});

type Schedule = typeof schedules extends fc.Arbitrary<infer Value> ? Value : never;

/** Runs all acts at once; the scheduler decides whose call of a table goes next, and time moves when none is left. */
async function play(scheduler: fc.Scheduler, { acts, ...faults }: Schedule) {
  const room = await createPaymentRoom(faults);
  room.tables.beforeSend = () => scheduler.schedule(Promise.resolve());
  let running = acts.length;
  const outcomes = acts.map(async ({ kind, remainingMs }) => {
    try {
      await (kind === 'charge'
        ? room.charge(chargeOrder, invocation(remainingMs))
        : room.refund(refundOrder, invocation(remainingMs)));
      return { kind, isDone: true };
    } catch {
      return { kind, isDone: false };
    } finally {
      running--;
    }
  });
  while (running > 0) {
    await scheduler.waitIdle();
    await room.clock.simulated.turn(500);
  }
  // What a client gave up on still lands.
  for (let turn = 0; turn < 20; turn++) {
    await room.clock.simulated.turn(500);
    await scheduler.waitIdle();
  }
  room.tables.beforeSend = undefined;
  return { room, outcomes: await Promise.all(outcomes) };
}

describe('charges and refunds in any order', () => {
  it('have at most one effect each, and a refund that succeeded leaves no live charge whatever comes late', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), schedules, async (scheduler, schedule) => {
        const { room, outcomes } = await play(scheduler, schedule);
        const { state, captures = 0, refunds = 0 } = (await room.ledger()) ?? {};
        expect(captures).toBeLessThanOrEqual(1);
        expect(refunds).toBeLessThanOrEqual(captures);
        if (outcomes.some(({ kind, isDone }) => kind === 'refund' && isDone)) {
          expect(state).toMatch(/^(refunded|voided)$/);
          expect(refunds).toBe(captures);
          // A charge that comes even later is stopped as well.
          await expect(room.charge(chargeOrder, invocation())).rejects.toMatchObject({ name: 'StepFenced' });
        }
      }),
      { numRuns: 150 },
    );
  });

  it('end with exactly one live charge when a charge succeeded and nobody refunds', async () => {
    const chargesOnly = schedules.map((schedule) => ({
      ...schedule,
      acts: schedule.acts.filter(({ kind }) => kind === 'charge'),
    }));
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), chargesOnly, async (scheduler, schedule) => {
        const { room, outcomes } = await play(scheduler, schedule);
        if (!outcomes.some(({ isDone }) => isDone)) return;
        expect(await room.ledger()).toMatchObject({ state: 'captured', captures: 1, refunds: 0 });
      }),
      { numRuns: 100 },
    );
  });
});
