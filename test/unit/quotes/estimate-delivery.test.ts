import { guardDeliveryCarrier } from '../../../lambdas/quotes/adapters/guarded-delivery-carrier';
import { createZoneCarrier } from '../../../lambdas/quotes/adapters/zone-carrier';
import { createEstimateDelivery } from '../../../lambdas/quotes/domain/estimate-delivery';
import type { FaultSource } from '../../../lambdas/quotes/domain/fault';
import type { FaultKind } from '../../../lambdas/shared/faults/fault';
import { silent } from '../orders/ports/memory-ports';
import { turnedClock } from '../shared/turned-clock';

const lines = [{ sku: 'lamp', quantity: 1 }];

/** The task at a moment, with a fault or none. */
function setUp(now: string, fault?: FaultKind) {
  const clock = { ...turnedClock(), now: () => Date.parse(now) };
  const asked: string[] = [];
  const faults: FaultSource = {
    take: async (scope, operation) => {
      asked.push(`${scope} ${operation}`);
      return fault && { kind: fault };
    },
  };
  const carrier = guardDeliveryCarrier(createZoneCarrier(clock), { clock, deadlineMs: 2_000, faults });
  const estimate = createEstimateDelivery({ carrier, ...silent });
  return { clock, asked, estimate: (country: string) => estimate({ lines, destination: { country } }) };
}

describe('EstimateDelivery', () => {
  it.each([
    ['a Monday morning', '2026-11-23T09:00:00Z', 'DE', '2026-11-24'],
    ['a Monday after the cut-off', '2026-11-23T14:00:00Z', 'DE', '2026-11-25'],
    ['a Thursday, over the weekend', '2026-11-26T09:00:00Z', 'AT', '2026-11-30'],
    ['a Friday after the cut-off', '2026-11-27T20:00:00Z', 'DE', '2026-12-01'],
    ['a Saturday', '2026-11-28T09:00:00Z', 'DE', '2026-12-01'],
    ['the last days of a year', '2026-12-31T09:00:00Z', 'GB', '2027-01-07'],
  ])('counts working days from %s', async (_day, now, country, deliveryDate) => {
    expect(await setUp(now).estimate(country)).toEqual({ isServed: true, deliveryDate });
  });

  it('says where nothing is delivered', async () => {
    expect(await setUp('2026-11-23T09:00:00Z').estimate('BR')).toEqual({ isServed: false, deliveryDate: null });
  });

  it.each([
    ['errorBeforeEffect', 'CarrierUnavailable'],
    ['decline', 'CarrierUnavailable'],
    ['throttled', 'CarrierThrottled'],
  ] as const)('fails under the fault %s with %s', async (fault, name) => {
    const { estimate, asked } = setUp('2026-11-23T09:00:00Z', fault);
    await expect(estimate('DE')).rejects.toMatchObject({ name });
    expect(asked).toEqual(['DE estimateDelivery']);
  });

  it('fails with CarrierTimedOut when no answer comes', async () => {
    const { estimate, clock } = setUp('2026-11-23T09:00:00Z', 'timeoutAfterEffect');
    const answer = expect(estimate('DE')).rejects.toMatchObject({ name: 'CarrierTimedOut' });
    await clock.simulated.turn(2_000);
    await answer;
  });

  it('rejects an input that is none', async () => {
    await expect(setUp('2026-11-23T09:00:00Z').estimate('Germany')).rejects.toMatchObject({ name: 'InvalidInput' });
  });
});
