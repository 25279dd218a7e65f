import { MUTATIONS } from './world/mutations';
import { search, worldsPerMinute } from './world/search';

jest.setTimeout(900000);
it('tries', async () => {
  const out: any = {};
  for (const [name, mutation] of Object.entries(MUTATIONS)) {
    const { failure } = await search({ fromSeed: 1, worlds: 2000, mutation });
    out[name] = failure && [failure.seed, failure.violations[0]];
  }
  console.log(out);
});
