import { duplicatesIn, violationsOf } from './world/fan-out-checks';
import { planFanOut } from './world/fan-out-plan';
import { FanOutWorld } from './world/fan-out-world';

const EVENTS = 40;
const FAULT_RATE = 0.1;

describe('the fan-out under faults', () => {
  it(`loses nothing of ${EVENTS} events, parks what fails for good, and has nothing parked after a replay`, async () => {
    const world = await FanOutWorld.run(planFanOut(1, EVENTS, FAULT_RATE));
    try {
      expect(await violationsOf(world, false)).toEqual([]);
      expect(world.parked.length).toBeGreaterThan(0);
      await world.repairAndReplay();
      expect(await violationsOf(world, true)).toEqual([]);
    } finally {
      await world.stop();
    }
  });

  it('duplicates nothing when no answer is lost and nothing dies after a target has accepted', async () => {
    const world = await FanOutWorld.run(planFanOut(2, EVENTS, FAULT_RATE, false));
    await world.repairAndReplay();
    await world.stop();
    expect(duplicatesIn(world)).toBe(0);
    expect(await violationsOf(world, true)).toEqual([]);
  });
});
