import fc from 'fast-check';
import { createListDocumentsApi } from '../../../lambdas/ingestion/adapters/list-documents-api';
import { createSearchApi } from '../../../lambdas/ingestion/adapters/search-api';
import { changeDocument } from '../../../lambdas/ingestion/domain/change-document';
import { tombstone } from '../../../lambdas/ingestion/domain/document-changes';
import { InvalidCursor } from '../../../lambdas/ingestion/domain/document-store';
import { documentKeyOf } from '../../../lambdas/ingestion/domain/identity';
import { SearchBusy } from '../../../lambdas/ingestion/domain/search-documents';
import { sequenceOf } from '../../../lambdas/ingestion/domain/sequence';
import { createIngestion, inTime, silent } from './support/ingestion';

const invocation = { awsRequestId: 'r', ...inTime };
const iam = { iam: { userArn: 'arn:aws:iam::123456789012:user/anna' } };

const request = (tenant: string, queryStringParameters: Record<string, string>, authorizer: any = iam) => ({
  headers: {},
  rawPath: `/tenants/${tenant}/search`,
  pathParameters: { tenant },
  queryStringParameters,
  requestContext: { requestId: 'q', authorizer },
  isBase64Encoded: false,
});

const text = (word: string) => `${word} `.repeat(200).trim();

async function ingested() {
  const ingestion = createIngestion();
  await ingestion.run({ documents: [ingestion.upload('a.md', text('apple'), { order: 1 })], isSingle: true });
  return { ingestion, api: createSearchApi(ingestion.search, silent) };
}

describe('GET /tenants/{tenant}/search', () => {
  it('answers passages with where they come from', async () => {
    const ingestion = createIngestion();
    await ingestion.run({ documents: [ingestion.upload('a.md', 'apple pie', { order: 1 })], isSingle: true });
    const answer = await createSearchApi(ingestion.search, silent)(
      request('acme', { q: ' apple pie ', k: '1' }),
      invocation,
    );
    expect(answer.statusCode).toBe(200);
    expect(JSON.parse(answer.body!).results).toEqual([
      {
        documentId: 'acme/a.md',
        path: 'a.md',
        heading: [],
        text: 'apple pie',
        kind: 'text',
        score: expect.closeTo(1, 5),
        chunkId: expect.stringMatching(/^[\w-]{22}$/),
        position: 0,
        versionId: 'v1',
        indexedAt: '2026-01-01T00:00:00.000Z',
      },
    ]);
  });

  it.each<[Record<string, string>, string[]]>([
    [{}, ['/q']],
    [{ q: '   ' }, ['/q']],
    [{ q: 'x'.repeat(1001) }, ['/q']],
    [{ q: 'x', k: '0' }, ['/k']],
    [{ q: 'x', k: '1.5' }, ['/k']],
    [{ q: 'x', k: 'many' }, ['/k']],
    [{ q: 'x', k: '26', path: '' }, ['/k', '/path']],
    [{ q: 'x', tenant: 'other' }, ['/tenant']],
  ])('rejects the parameters %j as a problem document', async (parameters, pointers) => {
    const { api } = await ingested();
    const answer = await api(request('acme', parameters), invocation);
    const problem = JSON.parse(answer.body!);
    expect(answer).toMatchObject({ statusCode: 422, headers: { 'content-type': 'application/problem+json' } });
    expect(problem).toMatchObject({ type: 'urn:stepwright:problem:invalid-parameters', status: 422 });
    expect(problem.errors.map(({ pointer }: any) => pointer)).toEqual(pointers);
  });

  it.each<[string, any, number]>([
    ['no caller', null, 401],
    ['a token of another tenant', { jwt: { claims: { tenant: 'other' } } }, 404],
    ['a token without a tenant', { jwt: { claims: {} } }, 404],
    ['a token of the tenant', { jwt: { claims: { tenant: 'acme' } } }, 200],
  ])('answers %s', async (_, authorizer, status) => {
    const { api } = await ingested();
    expect((await api(request('acme', { q: 'apple' }, authorizer), invocation)).statusCode).toBe(status);
  });

  it('asks to be asked again when it is throttled', async () => {
    const api = createSearchApi(() => Promise.reject(new SearchBusy('It was throttled.')), silent);
    const answer = await api(request('acme', { q: 'apple' }), invocation);
    expect(answer).toMatchObject({ statusCode: 503, headers: { 'retry-after': '1' } });
  });
});

describe('GET /tenants/{tenant}/documents', () => {
  const list = jest.fn();
  const api = createListDocumentsApi({ list }, silent);

  it('answers documents with status and reason', async () => {
    const { ingestion } = await ingested();
    list.mockResolvedValueOnce({ documents: [...ingestion.documents.rows.values()], cursor: 'next' });
    const answer = await api(request('acme', { status: 'visible' }), invocation);
    expect(JSON.parse(answer.body!)).toMatchObject({
      documents: [{ documentId: 'acme/a.md', status: 'visible', isSearchable: true, chunkCount: 1 }],
      cursor: 'next',
    });
    expect(list).toHaveBeenCalledWith({ tenant: 'acme', status: 'visible', limit: 50, cursor: undefined });
  });

  it.each([[{ status: 'lost' }], [{ limit: '0' }], [{ limit: '1e2' }], [{ cursor: 'none' }]])(
    'rejects %j',
    async (parameters: Record<string, string>) => {
      list.mockRejectedValueOnce(new InvalidCursor('cursor must be one that this list gave'));
      expect((await api(request('acme', parameters), invocation)).statusCode).toBe(422);
      list.mockReset();
    },
  );
});

describe('tenants', () => {
  const tenant = fc.constantFrom('acme', 'acme-2', 'b');
  const path = fc.constantFrom('a.md', 'acme/a.md', '../b/a.md', 'x#y', 'b/a.md');
  const act = fc.record({ kind: fc.constantFrom('put', 'delete', 'search'), tenant, path, word: fc.nat(3) });

  it('never see or replace each other’s passages, whatever they put, delete and search', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 12 }), async (acts) => {
        const ingestion = createIngestion();
        const expected = new Map<string, string>();
        for (const [index, { kind, tenant: owner, path: name, word }] of acts.entries()) {
          const order = index + 1;
          const key = `${owner}\n${name}`;
          const content = text(`${owner}-${word}`);
          if (kind === 'put') {
            const job = ingestion.upload(name, content, { order, tenant: owner, run: `run-${order}` });
            await ingestion.run({ documents: [job], isSingle: true });
            expected.set(key, content);
          } else if (kind === 'delete') {
            const sequence = sequenceOf(1_000_000, order.toString(16).padStart(18, '0'));
            const source = { bucket: 'documents', key: `documents/${owner}/${name}`, versionId: 'm' };
            await changeDocument(ingestion.props, documentKeyOf(owner, name), (row, now) =>
              tombstone(row, { tenant: owner, path: name, source, sequence }, now),
            );
            expected.delete(key);
          }
          for (const searcher of ['acme', 'acme-2', 'b']) {
            const found = await ingestion.search({ tenant: searcher, text: content, k: 25 });
            const own = [...expected].filter(([other]) => other.startsWith(`${searcher}\n`));
            expect(found.map((result) => `${searcher}\n${result.path}=${result.text}`).sort()).toEqual(
              own.map(([other, words]) => `${other}=${words}`).sort(),
            );
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
