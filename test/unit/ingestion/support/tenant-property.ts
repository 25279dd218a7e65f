import fc from 'fast-check';
import { act, TENANTS, tenantWorld } from './tenant-world';

/**
 * After each of any sequence of acts, every tenant is shown all its own passages and nobody else's, asked with or without a
 * path; and the index holds vectors of visible documents alone. The same seed gives the same sequences.
 */
export function expectTenantsApart({ runs, mostActs }: { runs: number; mostActs: number }): Promise<void> {
  const acts = fc.array(act, { minLength: 1, maxLength: mostActs });
  const property = fc.asyncProperty(acts, async (sequence) => {
    const world = tenantWorld();
    for (const what of sequence) {
      await world.do(what);
      for (const tenant of TENANTS) {
        const own = world.ownedBy(tenant);
        expect(await world.search(tenant, what.word)).toEqual(own);
        // Also by the path of what was just done, whosever it is; an empty one is refused.
        const mine = Object.fromEntries(Object.entries(own).filter(([path]) => path === what.path));
        if (what.path !== '') expect(await world.search(tenant, what.word, what.path)).toEqual(mine);
      }
      const owners = [...world.ingestion.vectors.records.values()].map(({ metadata }) => metadata.tenant);
      const documents = [...world.own.keys()].map((owner) => owner.slice(0, owner.indexOf('\n')));
      expect(owners.sort()).toEqual(documents.sort());
    }
  });
  return fc.assert(property, { seed: 20_260_101, numRuns: runs });
}
