import { search, worldsPerMinute } from './world/search';

/** The seeds below are looked at by orders.test.ts. */
const FIRST_SEED = Number(process.env.FROM ?? 1_000);
const BUDGET_MS = 150_000;
const MOST_WORLDS = 40_000;

describe('orders under faults', () => {
  it('keep every invariant in as many worlds as fit the time', async () => {
    const findings = await search({ fromSeed: FIRST_SEED, worlds: MOST_WORLDS, budgetMs: BUDGET_MS });
    const { worlds, faults, ends, failure } = findings;
    process.stdout.write(
      `simulation: ${worlds} fault schedules from seed ${FIRST_SEED}, ${worldsPerMinute(findings)} a minute, ` +
        `${faults} faults, ends ${JSON.stringify(ends)}\n`,
    );
    if (failure) throw new Error(failure.report);
    expect(worlds).toBeGreaterThan(0);
  });
});
