import { SCENARIOS, startOfScenario } from './world/scenarios';
import { search } from './world/search';

const faults = Number(process.env.FAULTS ?? 0);
const most = Number(process.env.MOST ?? 200000);
describe('x', () => {
  it.each(Object.entries(SCENARIOS).filter(([n]) => !process.env.ONLY || n.includes(process.env.ONLY)))(
    '%s',
    async (name, scenario) => {
      const t = Date.now();
      const f = await search(await startOfScenario(scenario, faults), most);
      process.stdout.write(
        `${name}: ${f.states} states, ${f.ends} ends, ${f.schedules.toExponential(2)} schedules, ${f.isExhausted} ${[...f.outcomes]} | ${[...f.told].join('; ')} ${Date.now() - t} ms\n${f.failure ?? ''}\n`,
      );
      expect(f.failure).toBeUndefined();
    },
    300000,
  );
});
