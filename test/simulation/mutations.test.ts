import { MUTATIONS } from './world/mutations';
import { search } from './world/search';

/** So many worlds are looked at for each mutation; the search stops at the first that breaks. */
const WORLDS = 400;

describe('the search finds', () => {
  it.each(Object.entries(MUTATIONS))('%s', async (_name, mutation) => {
    const { failure } = await search({ fromSeed: 1, worlds: WORLDS, mutation });
    expect(failure?.violations.length).toBeGreaterThan(0);
  });
});
