import fc from 'fast-check';
import { tenantOf } from '../../../lambdas/ingestion/adapters/api-tenant';
import { expectTenantsApart } from './support/tenant-property';
import { tenantWorld } from './support/tenant-world';

describe('tenants', () => {
  it('read and replace nothing of each other’s, whatever keys, manifests and messages say', () =>
    expectTenantsApart({ runs: 150, mostActs: 8 }));

  it('with the same words have a passage each, and pay for them once', async () => {
    const world = tenantWorld();
    const put = { kind: 'put', path: 'a.md', word: 'apple', contentType: undefined } as const;
    await world.do({ ...put, segment: 'acme' });
    await world.do({ ...put, segment: 'b' });
    await world.do({ ...put, kind: 'delete', segment: 'acme' });
    expect(await world.search('acme', 'apple')).toEqual({});
    expect(await world.search('b', 'apple')).toEqual({ 'a.md': 'v2' });
    // One passage, and the questions.
    expect(world.ingestion.embedder.asked.length).toBe(1 + 2);
  });

  it('whose names and paths read the same one after the other have documents of their own', async () => {
    const world = tenantWorld();
    const put = { kind: 'put', word: 'apple', contentType: undefined } as const;
    await world.do({ ...put, segment: 'acme', path: '-2/a.md' });
    await world.do({ ...put, segment: 'acme-2', path: '/a.md' });
    await world.do({ ...put, segment: 'acme-2', path: 'a.md' });
    expect(await world.search('acme', 'apple')).toEqual({ '-2/a.md': 'v1' });
    expect(await world.search('acme-2', 'apple')).toEqual({ '/a.md': 'v2', 'a.md': 'v3' });
  });

  it.each<[string, string]>([
    ['another tenant', 'documents/b/a.md'],
    ['another path', 'documents/acme/b.md'],
    ['no document', 'secrets/acme/a.md'],
  ])('rejects a message that hands over the object of %s', async (_, key) => {
    const world = tenantWorld();
    const { versionId } = world.ingestion.objects.upload(key, 'apple');
    await world.send({
      id: 'load',
      source: 'stepwright.ingestion',
      'detail-type': 'Document Handed Over',
      detail: {
        tenant: 'acme',
        path: 'a.md',
        source: { bucket: 'documents', key, versionId },
        sizeBytes: 5,
        sequence: '1767225600000-',
        contentHash: '',
      },
    });
    expect(world.rejected).toHaveLength(1);
    expect(world.ingestion.vectors.records.size).toBe(0);
  });
});

describe('the caller', () => {
  const name = fc.oneof(
    fc.constantFrom(
      'acme',
      'acme-2',
      'b',
      'ACME',
      '',
      '..',
      'acme/../b',
      '[acme b]',
      'acme,b',
      '\u0430cme',
      'acme\n',
      '*',
    ),
    fc.string(),
  );
  const claim = fc.oneof(name, fc.constantFrom(undefined, null, 1, true, ['acme'], { acme: true }));

  it('with a token acts for the tenant of its claim alone, and only if that is a name', () => {
    fc.assert(
      fc.property(name, claim, (tenant, claimed) => {
        const event = {
          pathParameters: { tenant },
          requestContext: { authorizer: { jwt: { claims: { tenant: claimed } } } },
        };
        const isOwn = claimed === tenant && /^[a-z0-9][a-z0-9-]*$/.test(tenant) && !tenant.includes('\n');
        if (isOwn && tenant.length <= 63) expect(tenantOf(event as never)).toBe(tenant);
        else expect(() => tenantOf(event as never)).toThrow(expect.objectContaining({ status: 404 }));
      }),
      { seed: 20_260_101, numRuns: 2_000 },
    );
  });

  it.each([[{}], [{ iam: {} }], [{ iam: null }], [{ jwt: {} }], [undefined], [null]])(
    'is nobody with the authorizer %j',
    (authorizer) => {
      const event = { pathParameters: { tenant: 'acme' }, requestContext: { authorizer } };
      expect(() => tenantOf(event as never)).toThrow(expect.objectContaining({ status: 401 }));
    },
  );
});
