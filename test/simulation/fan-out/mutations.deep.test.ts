import { violationsOf } from './world/fan-out-checks';
import { MUTATIONS } from './world/fan-out-mutations';
import { planFanOut } from './world/fan-out-plan';
import { FanOutWorld } from './world/fan-out-world';

const EVENTS = 30;
const FAULT_RATE = 0.1;

describe('the checks of the fan-out', () => {
  it.each(Object.entries(MUTATIONS))('find that %s', async (_title, { mutation, found }) => {
    const world = await FanOutWorld.run(planFanOut(1, EVENTS, FAULT_RATE), mutation);
    const violations = await violationsOf(world, false);
    await world.repairAndReplay();
    violations.push(...(await violationsOf(world, true)));
    await world.stop();
    expect(violations.filter((violation) => found.test(violation))).not.toEqual([]);
  });
});
