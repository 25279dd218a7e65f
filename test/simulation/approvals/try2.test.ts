import { rightClicks, startOfScenario } from './world/scenarios';
import { search } from './world/search';

describe('x', () => {
  it.each([3, 4, 5, 6, 7, 8, 9, 10])(
    '%i',
    async (n) => {
      const t = Date.now();
      const f = await search(await startOfScenario(rightClicks(n), 0), 1500000);
      process.stdout.write(
        `${n}: ${f.states} states, ${f.ends} ends, ${f.schedules.toExponential(2)} schedules, ${f.isExhausted} ${[...f.told].join('; ')} ${Date.now() - t} ms ${Math.round(process.memoryUsage().heapUsed / 1e6)} MB\n${f.failure ?? ''}\n`,
      );
    },
    300000,
  );
});
