import { documentKeyOf } from '../../../lambdas/ingestion/domain/identity';
import type { Job } from '../../../lambdas/ingestion/domain/job';
import { jsonLine } from '../../../lambdas/ingestion/domain/json-lines';
import { createPlanLoad } from '../../../lambdas/ingestion/domain/plan-load';
import { createSummarizeLoad } from '../../../lambdas/ingestion/domain/summarize-load';
import { createIngestion, StillClock, silent } from './support/ingestion';

const NOW = Date.UTC(2026, 0, 1, 12);
const text = (word: string) => `${word} `.repeat(200).trim();

function loads(mostDocuments = 10_000) {
  const ingestion = createIngestion(new StillClock(NOW));
  const queued: any[] = [];
  const queue = {
    async send(body: string) {
      queued.push(JSON.parse(body));
    },
  };
  const plan = createPlanLoad({ ...ingestion.props, documentsBucket: 'documents', mostDocuments, queue });
  const summarize = createSummarizeLoad({ work: ingestion.objects, queue, ...silent });
  const line = (loadId: string, path: string, content: string, second: number, more: object = {}) => {
    const source = ingestion.objects.upload(`bulk/${loadId}/acme/${path}`, content);
    const { tenant, contentHash, sizeBytes } = ingestion.upload(path, content, { order: 1 });
    return { tenant, path, source, contentHash, sizeBytes, sequence: `${NOW - 60_000 + second * 1000}-`, ...more };
  };
  const write = (loadId: string, lines: readonly unknown[]) =>
    ingestion.objects.put(`work/loads/${loadId}/manifest.jsonl`, lines.map(jsonLine).join(''));
  const workList = (key: string): Job[] =>
    ingestion.objects.work
      .get(key)!
      .toString()
      .split('\n')
      .filter(Boolean)
      .map((entry) => JSON.parse(entry));
  return { ingestion, queued, plan, summarize, line, write, workList };
}

describe('a bulk load', () => {
  it('ingests what is new, notes what is unchanged, and counts what became of each', async () => {
    const { ingestion, queued, plan, summarize, line, write, workList } = loads();
    await write('first', [line('first', 'a.md', text('a'), 1), line('first', 'b.md', 'broken', 1)]);
    const first = await plan({ loadId: 'first' });
    await ingestion.run({ documents: workList(first.key) });
    const summary = await summarize(first);
    await write('second', [line('second', 'a.md', text('a'), 2), line('second', 'c.md', text('c'), 2)]);
    const second = await plan({ loadId: 'second' });
    expect(summary).toMatchObject({ documents: 2, visible: 1, quarantined: 1, handedOver: 0, chunks: 1, embedded: 1 });
    expect(summary.quarantinedDocuments).toEqual([{ path: 'b.md', reason: 'It is broken.' }]);
    expect(second).toMatchObject({ count: 1, unchanged: 1 });
    expect(workList(second.key)).toMatchObject([{ path: 'c.md', run: 'second-0' }]);
    expect(ingestion.documents.rows.get(documentKeyOf('acme', 'a.md'))!.latestSequence).toBe(`${NOW - 58_000}-`);
    expect(queued).toEqual([]);
  });

  it('rejects more documents to work on than one may have; those that are unchanged do not count', async () => {
    const { ingestion, plan, line, write, workList } = loads(2);
    const files = ['a.md', 'b.md', 'c.md'];
    await write(
      'all',
      files.map((path) => line('all', path, text(path), 1)),
    );
    await expect(plan({ loadId: 'all' })).rejects.toThrow('The load has more than 2 documents to work on: split it');
    await write(
      'some',
      files.slice(0, 2).map((path) => line('some', path, text(path), 1)),
    );
    await ingestion.run({ documents: workList((await plan({ loadId: 'some' })).key) });
    expect(await plan({ loadId: 'all' })).toMatchObject({ count: 1, unchanged: 2 });
  });

  it('has nothing to do a second time', async () => {
    const { ingestion, plan, line, write, workList } = loads();
    await write('first', [line('first', 'a.md', text('a'), 1)]);
    await ingestion.run({ documents: workList((await plan({ loadId: 'first' })).key) });
    expect(await plan({ loadId: 'first' })).toMatchObject({ count: 0, unchanged: 1, superseded: 0 });
  });

  it('hands documents over that are large, unfinished, or lost with their batch', async () => {
    const { ingestion, queued, plan, summarize, line, write, workList } = loads();
    const large = line('load', 'large.md', text('a'), 1, { sizeBytes: 3 * 1024 * 1024 });
    await write('load', [large, ...['b', 'c', 'd'].map((name) => line('load', `${name}.md`, text(name), 1))]);
    const planned = await plan({ loadId: 'load' });
    const [b, c] = workList(planned.key);
    const outcome = { status: 'unfinished' as const, reason: 'time is up', error: 'EmbeddingUnfinished' };
    await ingestion.run({ documents: [b!, { ...c!, outcome }] });
    const summary = await summarize(planned);
    expect(planned).toMatchObject({ count: 3, handedOver: 1 });
    expect(summary).toMatchObject({ documents: 4, visible: 1, handedOver: 3 });
    expect(queued.map(({ detail }) => detail.path)).toEqual(['large.md', 'c.md', 'd.md']);
    expect(queued[1].detail).not.toHaveProperty('outcome');
  });

  it.each<[string, object]>([
    ['another tenant’s object', { tenant: 'other' }],
    ['another document’s object', { path: 'b.md' }],
    ['another bucket', { source: { bucket: 'others', key: 'bulk/load/acme/a.md', versionId: 'v1' } }],
    ['another load', { source: { bucket: 'documents', key: 'bulk/other/acme/a.md', versionId: 'v1' } }],
    ['a time to come', { sequence: `${NOW + 3_600_000}-` }],
    ['no hash', { contentHash: 'none' }],
  ])('refuses a line of the manifest that names %s', async (_, more) => {
    const { plan, line, write, workList } = loads();
    await write('load', [line('load', 'a.md', text('a'), 1, more)]);
    const planned = await plan({ loadId: 'load' });
    expect(planned).toMatchObject({ count: 0, refused: 1 });
    expect(workList(planned.key)).toEqual([]);
  });

  it('rejects an id that could be a path', async () => {
    await expect(loads().plan({ loadId: '../x' })).rejects.toMatchObject({ name: 'InvalidInput' });
  });
});
