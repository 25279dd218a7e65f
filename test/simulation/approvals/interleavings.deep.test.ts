import { SCENARIOS as NAMES } from './world/scenarios';

const FAULTS = Number(process.env.FAULTS ?? 2);
const MOST_STATES = Number(process.env.MOST_STATES ?? 400_000);

/** What was seen is kept by number; each search begins with fresh modules, so that the memory comes back. */
function fresh() {
  jest.resetModules();
  return {
    ...jest.requireActual<typeof import('./world/scenarios')>('./world/scenarios'),
    ...jest.requireActual<typeof import('./world/search')>('./world/search'),
  };
}

describe('as many interleavings as fit, with more faults, of', () => {
  it.each(Object.keys(NAMES))('%s keep what must be', async (name) => {
    const { SCENARIOS, startOfScenario, search } = fresh();
    for (let faults = 1; faults <= FAULTS; faults++) {
      const { failure, states, schedules, isExhausted } = await search(
        await startOfScenario(SCENARIOS[name]!, faults),
        MOST_STATES,
      );
      const seen = isExhausted ? `all, ${schedules.toExponential(1)} schedules` : 'not all';
      process.stdout.write(`${name}, ${faults} fault(s): ${states} states, ${seen}\n`);
      if (failure !== undefined) throw new Error(failure);
      expect(states).toBeGreaterThan(1);
      if (!isExhausted) break;
    }
  });
});

describe('every interleaving of', () => {
  it.each([8, 9, 10])('%i right clicks decides once', async (count) => {
    const { rightClicks, startOfScenario, search } = fresh();
    const { failure, states, schedules, isExhausted } = await search(
      await startOfScenario(rightClicks(count), 0),
      10 * MOST_STATES,
    );
    process.stdout.write(`${count} right clicks: ${states} states, ${schedules.toExponential(1)} schedules\n`);
    if (failure !== undefined) throw new Error(failure);
    expect(isExhausted).toBe(true);
  });
});
