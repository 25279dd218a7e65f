import { rightClicks, SCENARIOS, type Scenario, startOfScenario } from './world/scenarios';
import { type Findings, search } from './world/search';

/** A search that outgrows this belongs to `npm run test:deep`: mark its scenario as large. */
const MOST_STATES = 60_000;

const all: [string, Scenario][] = [
  ...Object.entries(SCENARIOS),
  ...[3, 4, 5, 6].map((count): [string, Scenario] => [`${count} right clicks`, rightClicks(count)]),
];
const total = { states: 0, schedules: 0 };

function count({ states, schedules }: Findings): void {
  total.states += states;
  total.schedules += schedules;
}

describe('every interleaving of', () => {
  it.each(all)('%s keeps what must be', async (_name, scenario) => {
    const findings = await search(await startOfScenario(scenario, 0));
    if (findings.failure !== undefined) throw new Error(findings.failure);
    count(findings);
    expect(findings.isExhausted).toBe(true);
    expect([...findings.outcomes].sort()).toEqual([...scenario.outcomes].sort());
    expect([...findings.told]).toEqual(expect.arrayContaining([...(scenario.told ?? [])]));
  });
});

describe('every interleaving, with one fault anywhere, of', () => {
  const small = Object.entries(SCENARIOS).filter(([, { isLarge }]) => !isLarge);

  it.each(small)('%s keeps what must be', async (_name, scenario) => {
    const findings = await search(await startOfScenario(scenario, 1), MOST_STATES);
    if (findings.failure !== undefined) throw new Error(findings.failure);
    count(findings);
    expect(findings.isExhausted).toBe(true);
    expect([...findings.outcomes]).toEqual(expect.arrayContaining([...scenario.outcomes]));
  });
});

afterAll(() => {
  process.stdout.write(
    `approvals: ${total.states} states, in which ${total.schedules.toExponential(1)} schedules come together\n`,
  );
});
