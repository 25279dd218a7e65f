import { duplicatesIn, violationsOf } from './world/fan-out-checks';
import { planFanOut } from './world/fan-out-plan';
import { FanOutWorld } from './world/fan-out-world';

const FIRST_SEED = Number(process.env.FROM ?? 100);

describe('the fan-out of events that are each delivered one to three times', () => {
  it.each([
    [1_000, FIRST_SEED, 0.02],
    [1_000, FIRST_SEED + 1, 0.1],
    [250, FIRST_SEED + 2, 0.3],
  ])('holds with %i events in world %i, where a share of %d of all calls fails', async (events, seed, faultRate) => {
    const world = await FanOutWorld.run(planFanOut(seed, events, faultRate));
    try {
      const atFirst = await violationsOf(world, false);
      const parked = world.parked.length;
      await world.repairAndReplay();
      const { accepted, lostAnswers } = world.targets;
      process.stdout.write(
        `fan-out: seed ${seed}, ${accepted.length} accepted, ${duplicatesIn(world)} twice after ${world.cutOff} crashes and ` +
          `${lostAnswers} lost answers, ${parked} parked, ${world.parked.length} after the replay\n`,
      );
      expect([...atFirst, ...(await violationsOf(world, true))]).toEqual([]);
      expect(parked).toBeGreaterThan(0);
    } finally {
      await world.stop();
    }
  });
});
