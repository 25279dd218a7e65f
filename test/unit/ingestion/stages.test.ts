import { documentKeyOf } from '../../../lambdas/ingestion/domain/identity';
import { createRollBackVersion } from '../../../lambdas/ingestion/domain/settle-document';
import { createSweepDocuments } from '../../../lambdas/ingestion/domain/sweep-documents';
import { vectorOf } from './support/fake-stores';
import { createIngestion, inTime, StillClock } from './support/ingestion';

const paragraph = (word: string) => `${word} `.repeat(220).trim();
const TEXT = ['# Guide', paragraph('apple'), paragraph('berry'), paragraph('cherry')].join('\n');

describe('the stages', () => {
  it('make a document searchable', async () => {
    const ingestion = createIngestion();
    const job = ingestion.upload('guide.md', TEXT, { order: 1 });
    const [done] = await ingestion.run({ documents: [job], isSingle: true });
    const row = await ingestion.documents.find(documentKeyOf('acme', 'guide.md'));
    const results = await ingestion.search({ tenant: 'acme', text: `Guide\n\n${paragraph('berry')}`, k: 1 });
    expect(row).toMatchObject({ status: 'visible', pending: [], garbage: [], visible: { chunkCount: 3 } });
    expect(done).toMatchObject({ embedded: { reused: 0, embedded: 3 } });
    expect(results).toMatchObject([{ path: 'guide.md', heading: ['Guide'], text: paragraph('berry') }]);
    expect(results[0]!.score).toBeCloseTo(1);
  });

  it('embed only what changed, and leave no vector of the version before', async () => {
    const ingestion = createIngestion();
    await ingestion.run({ documents: [ingestion.upload('guide.md', TEXT, { order: 1 })], isSingle: true });
    const edited = TEXT.replace(paragraph('berry'), paragraph('grape'));
    const [done] = await ingestion.run({
      documents: [ingestion.upload('guide.md', edited, { order: 2 })],
      isSingle: true,
    });
    expect(done).toMatchObject({ embedded: { reused: 2, embedded: 1 } });
    expect(ingestion.vectors.records.size).toBe(3);
    expect(
      [...ingestion.vectors.records.values()].every(
        ({ metadata }) => metadata.versionKey === done!.upserted!.versionKey,
      ),
    ).toBe(true);
  });

  it('run twice with the same end', async () => {
    const ingestion = createIngestion();
    let documents = [ingestion.upload('guide.md', TEXT, { order: 1 })] as readonly any[];
    for (const name of ['fetch', 'parse', 'chunk', 'embed', 'upsert', 'validate'] as const) {
      await ingestion.run({ documents, isSingle: true }, [name]);
      documents = await ingestion.run({ documents, isSingle: true }, [name]);
    }
    expect(ingestion.vectors.records.size).toBe(3);
    expect(ingestion.documents.rows.get(documentKeyOf('acme', 'guide.md'))?.visible?.chunkCount).toBe(3);
  });

  it('throw the name of a single document’s failure', async () => {
    const ingestion = createIngestion();
    const empty = { documents: [ingestion.upload('empty.md', '', { order: 1 })], isSingle: true };
    const broken = { documents: [ingestion.upload('broken.md', 'broken', { order: 1 })], isSingle: true };
    await expect(ingestion.run(empty)).rejects.toMatchObject({ name: 'DocumentRefused' });
    await expect(ingestion.run(broken)).rejects.toMatchObject({ name: 'DocumentRefused', message: 'It is broken.' });
  });

  it('quarantine a document of a batch with its reason, and ingest its neighbours', async () => {
    const ingestion = createIngestion();
    const texts = { 'a.md': TEXT, 'b.md': 'broken', 'c.md': paragraph('date') };
    const documents = Object.entries(texts).map(([path, text], index) =>
      ingestion.upload(path, text, { order: 1, run: `load1-${index}` }),
    );
    const done = await ingestion.run({ documents });
    const results = ingestion.objects.work.get('work/loads/load1/results/load1-0.jsonl')?.toString().trim().split('\n');
    const rowOf = (path: string) => ingestion.documents.rows.get(documentKeyOf('acme', path));
    expect(done.map(({ outcome }) => outcome?.status)).toEqual([undefined, 'quarantined', undefined]);
    expect(rowOf('b.md')).toMatchObject({ status: 'quarantined', reason: 'It is broken.' });
    expect([rowOf('a.md')?.status, rowOf('c.md')?.status]).toEqual(['visible', 'visible']);
    expect(results?.map((line) => JSON.parse(line).status)).toEqual(['visible', 'quarantined', 'visible']);
  });

  it('throw the failure of a batch whose documents all failed for a reason that is not theirs', async () => {
    const ingestion = createIngestion();
    ingestion.objects.read = async () => {
      throw new Error('S3 is away');
    };
    const documents = [1, 2].map((n) => ingestion.upload(`${n}.md`, TEXT, { order: n, run: `load-${n}` }));
    await expect(ingestion.run({ documents })).rejects.toThrow('S3 is away');
  });

  it('fetch the page that an address file names', async () => {
    const ingestion = createIngestion();
    ingestion.pages.set('https://example.com/page', TEXT);
    const text = '[InternetShortcut]\r\nURL=https://example.com/page\r\n';
    await ingestion.run({ documents: [ingestion.upload('page.url', text, { order: 1 })], isSingle: true });
    expect(ingestion.vectors.records.size).toBe(3);
  });
});

describe('Validate', () => {
  const upserted = async () => {
    const ingestion = createIngestion(new StillClock());
    const first = ingestion.upload('guide.md', TEXT, { order: 1 });
    await ingestion.run({ documents: [first], isSingle: true });
    const second = ingestion.upload('guide.md', `${TEXT}\n${paragraph('elder')}`, { order: 2 });
    const jobs = await ingestion.run({ documents: [second], isSingle: true }, [
      'fetch',
      'parse',
      'chunk',
      'embed',
      'upsert',
    ]);
    const keys = [...ingestion.vectors.records.keys()].filter((key) => key.includes(jobs[0]!.upserted!.versionKey));
    return { ingestion, jobs, keys };
  };

  it.each<[string, (ingestion: Awaited<ReturnType<typeof upserted>>) => void]>([
    ['is missing', ({ ingestion, keys }) => void ingestion.vectors.records.delete(keys[1]!)],
    [
      'is another than was put',
      ({ ingestion, keys }) => {
        const record = ingestion.vectors.records.get(keys[0]!)!;
        ingestion.vectors.records.set(keys[0]!, { ...record, vector: vectorOf('other') });
      },
    ],
    [
      'is not finite',
      ({ ingestion, jobs }) => {
        const key = `${jobs[0]!.embedded!.key}/000000.bin`;
        const bytes = Buffer.from(ingestion.objects.work.get(key)!);
        bytes.writeFloatLE(Number.NaN, 0);
        ingestion.objects.work.set(key, bytes);
      },
    ],
    [
      'is not found by itself',
      ({ ingestion, keys }) => {
        const record = ingestion.vectors.records.get(keys[0]!)!;
        const metadata = { ...record.metadata, textHash: 'other' };
        ingestion.vectors.records.set(keys[0]!, { ...record, metadata });
      },
    ],
  ])('fails when a vector %s, and what was visible stays', async (_, damage) => {
    const state = await upserted();
    const { ingestion, jobs } = state;
    const before = ingestion.documents.rows.get(documentKeyOf('acme', 'guide.md'))!;
    damage(state);
    await expect(ingestion.run({ documents: jobs, isSingle: true }, ['validate'])).rejects.toMatchObject({
      name: 'ValidationFailed',
    });
    const rollBack = createRollBackVersion(ingestion.props);
    const error = { Error: 'ValidationFailed', Cause: JSON.stringify({ errorMessage: 'It is damaged.' }) };
    const answer = await rollBack({ documents: jobs, error }, inTime);
    const after = ingestion.documents.rows.get(documentKeyOf('acme', 'guide.md'))!;
    expect(answer.documents[0]!.outcome).toEqual({
      status: 'failed',
      reason: 'It is damaged.',
      error: 'ValidationFailed',
    });
    expect(after.visible).toEqual(before.visible);
    expect([...ingestion.vectors.records.keys()].every((key) => key.includes(after.visible!.versionKey))).toBe(true);
  });

  it('never shows a version that was given up, and the sweeper deletes what was written late', async () => {
    const { ingestion, jobs } = await upserted();
    const late = [...ingestion.vectors.records.values()].filter(
      ({ metadata }) => metadata.versionKey === jobs[0]!.upserted!.versionKey,
    );
    await createRollBackVersion(ingestion.props)({ documents: jobs, error: { Error: 'ValidationFailed' } }, inTime);
    await ingestion.vectors.put(late);
    await expect(ingestion.run({ documents: jobs, isSingle: true }, ['validate'])).rejects.toMatchObject({
      name: 'SupersededVersion',
    });
    await ingestion.vectors.put(late);
    const clock = ingestion.props.clock as StillClock;
    await clock.sleep(3_600_000);
    const documents = ingestion.documents;
    await createSweepDocuments({ ...ingestion.props, documents })(inTime);
    expect(ingestion.vectors.records.size).toBe(3);
    expect(documents.rows.get(documentKeyOf('acme', 'guide.md'))).toMatchObject({ garbage: [], pending: [] });
  });
});
