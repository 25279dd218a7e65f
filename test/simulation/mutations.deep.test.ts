import { MUTATIONS } from './world/mutations';
import { search } from './world/search';

/** So many worlds are looked at for each mutation; the search stops at the first that breaks. */
const MOST_WORLDS = 1_000;

describe('the search finds', () => {
  it.each(Object.entries(MUTATIONS))('%s', async (_name, mutation) => {
    const { failure } = await search({ fromSeed: mutation.fromSeed ?? 1, worlds: MOST_WORLDS, mutation });
    if (!failure) throw new Error(`no invariant breaks in ${MOST_WORLDS} worlds`);
    expect(failure.report).toContain(`SEED=${failure.seed} npx jest test/simulation/orders.test.ts`);

    const unbroken = await search({ fromSeed: failure.seed, worlds: 1 });
    expect(unbroken.failure).toBeUndefined();
  });
});
