import { expectTenantsApart } from './support/tenant-property';

describe('tenants', () => {
  it('read and replace nothing of each other’s in thousands of long sequences', () =>
    expectTenantsApart({ runs: 4_000, mostActs: 20 }));
});
