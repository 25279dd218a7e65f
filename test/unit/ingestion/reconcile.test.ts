import fc from 'fast-check';
import { findGhosts } from '../../../bin/commands/reconcile/find-ghosts';
import { repairGhosts } from '../../../bin/commands/reconcile/repair-ghosts';
import { successorOf } from '../../../bin/commands/reconcile/successor';
import { keyOf, placeOf } from '../../../bin/commands/reconcile/vector-key';
import type { DocumentRow } from '../../../lambdas/ingestion/domain/document';
import { documentKeyOf, vectorKeyOf } from '../../../lambdas/ingestion/domain/identity';
import { compareSequences, sequenceOf } from '../../../lambdas/ingestion/domain/sequence';
import { createRollBackVersion } from '../../../lambdas/ingestion/domain/settle-document';
import { createSweepDocuments } from '../../../lambdas/ingestion/domain/sweep-documents';
import type { VectorRecord } from '../../../lambdas/ingestion/domain/vector-store';
import { createIngestion, inTime, StillClock } from './support/ingestion';
import { carriedOut, reconcilePorts } from './support/reconcile-ports';

const DAY = 24 * 3_600_000;
const paragraph = (word: string) => `${word} `.repeat(220).trim();
const textOf = (word: string, passages = 3) =>
  Array.from({ length: passages }, (_, n) => paragraph(`${word}${n}`)).join('\n');
const keyOfPath = (path: string) => documentKeyOf('acme', path);

/** Documents that are visible, with three passages each, and reconciling over them. */
async function library(...paths: string[]) {
  const clock = new StillClock();
  const ingestion = createIngestion(clock);
  for (const [order, path] of paths.entries()) {
    const job = ingestion.upload(path, textOf(path.replace(/\W/g, '')), { order: order + 1 });
    await ingestion.run({ documents: [job], isSingle: true });
  }
  const consumer = carriedOut(ingestion);
  const ports = reconcilePorts(ingestion, consumer.queue);
  return {
    ...ingestion,
    ...consumer,
    ingestion,
    clock,
    ports,
    row: (path: string) => ingestion.documents.rows.get(keyOfPath(path))!,
    keysOf: (path: string) => [...ingestion.vectors.records.keys()].filter((key) => key.startsWith(keyOfPath(path))),
    plant: (key: string, metadata: object = {}) =>
      ingestion.vectors.records.set(key, { key, metadata } as unknown as VectorRecord),
    find: (tenant?: string) => findGhosts(ports, tenant),
    async repair(tenant?: string) {
      return repairGhosts(ports, await findGhosts(ports, tenant));
    },
  };
}

const NONE = { orphans: [], broken: [] };

describe('finding ghosts', () => {
  it('finds none where there are none, and counts what it looked at', async () => {
    const { find } = await library('a.md', 'b.md');
    expect(await find()).toEqual({ vectors: 6, documents: 2, ...NONE, late: [], garbage: [] });
  });

  it('finds vectors of documents without a row, of unknown versions, beyond a version, and with foreign keys', async () => {
    const { find, plant, row } = await library('a.md');
    const a = keyOfPath('a.md');
    const nobody = vectorKeyOf(keyOfPath('gone.md'), 'v'.repeat(16), 7);
    const unknown = vectorKeyOf(a, 'u'.repeat(16), 0);
    const beyond = vectorKeyOf(a, row('a.md').visible!.versionKey, 3);
    plant(nobody, { tenant: 'acme', path: 'gone.md' });
    for (const key of [unknown, beyond, 'what is this']) plant(key);
    const { orphans, broken } = await find();
    expect(broken).toEqual([]);
    expect(orphans).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ why: 'no row', keys: [nobody], tenant: 'acme', path: 'gone.md' }),
        expect.objectContaining({ why: 'unknown version', keys: [unknown], path: 'a.md' }),
        expect.objectContaining({ why: 'beyond the version', keys: [beyond], path: 'a.md' }),
        expect.objectContaining({ why: 'foreign key', keys: ['what is this'] }),
      ]),
    );
    expect(orphans).toHaveLength(4);
  });

  it('finds documents whose visible version lacks vectors, wherever they are, and says how many', async () => {
    const { find, vectors, keysOf } = await library('first.md', 'middle.md', 'whole.md', 'all.md');
    vectors.records.delete(keysOf('first.md')[0]!);
    vectors.records.delete(keysOf('middle.md')[1]!);
    for (const key of keysOf('all.md')) vectors.records.delete(key);
    const { orphans, broken } = await find();
    expect(orphans).toEqual([]);
    expect(broken.map(({ row, missing }) => [row.path, missing])).toEqual([
      ['first.md', 1],
      ['middle.md', 1],
      ['all.md', 3],
    ]);
  });

  it('takes vectors on their way and vectors to be deleted for no ghosts, and tells of those', async () => {
    const { find, ingestion, clock } = await library('a.md');
    const job = ingestion.upload('a.md', textOf('new'), { order: 2 });
    const stages = ['fetch', 'parse', 'chunk', 'embed', 'upsert'] as const;
    const documents = await ingestion.run({ documents: [job], isSingle: true }, stages);
    expect(await find()).toMatchObject({ ...NONE, vectors: 6, late: [], garbage: [] });
    clock.time += 8 * DAY;
    expect((await find()).late).toMatchObject([{ path: 'a.md', chunkCount: 3 }]);
    await createRollBackVersion(ingestion.props)({ documents, error: { Error: 'ValidationFailed' } }, inTime);
    expect(await find()).toMatchObject({ ...NONE, vectors: 3, late: [], garbage: [{ path: 'a.md', chunkCount: 3 }] });
  });

  it('reports findings of one tenant when it is named, also of rows that are gone', async () => {
    const { find, plant, vectors, keysOf } = await library('a.md');
    vectors.records.delete(keysOf('a.md')[0]!);
    plant(vectorKeyOf(documentKeyOf('other', 'x.md'), 'v'.repeat(16), 0), { tenant: 'other', path: 'x.md' });
    expect(await find('other')).toMatchObject({ orphans: [{ tenant: 'other' }], broken: [] });
    expect(await find('acme')).toMatchObject({ orphans: [], broken: [{ missing: 1 }] });
  });

  it('finds exactly what is planted, whatever that is', async () => {
    const plants = fc.array(
      fc.record({
        document: fc.nat(5),
        kind: fc.constantFrom('missing', 'beyond', 'unknown', 'no row'),
        position: fc.nat(2),
      }),
      { maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(plants, async (planted) => {
        const paths = Array.from({ length: 6 }, (_, n) => `${n}.md`);
        const { find, plant, row, vectors } = await library(...paths);
        const orphans = new Set<string>();
        const missing = new Set<string>();
        for (const { document, kind, position } of planted) {
          const path = `${document}.md`;
          const { versionKey } = row(path).visible!;
          if (kind === 'missing') missing.add(vectorKeyOf(keyOfPath(path), versionKey, position));
          if (kind === 'beyond') orphans.add(vectorKeyOf(keyOfPath(path), versionKey, 3 + position * 1000));
          if (kind === 'unknown') orphans.add(vectorKeyOf(keyOfPath(path), `unknown-version${position}`, position));
          if (kind === 'no row') orphans.add(vectorKeyOf(keyOfPath(`no-${path}`), versionKey, position));
        }
        for (const key of missing) vectors.records.delete(key);
        for (const key of orphans) plant(key);
        const found = await find();
        const lacking = new Map<string, number>();
        for (const key of missing) {
          const { documentKey } = placeOf(key)!;
          lacking.set(documentKey, (lacking.get(documentKey) ?? 0) + 1);
        }
        expect(new Set(found.orphans.flatMap(({ keys }) => keys))).toEqual(orphans);
        expect(new Map(found.broken.map(({ row: { documentKey }, missing }) => [documentKey, missing]))).toEqual(
          lacking,
        );
      }),
      { numRuns: 40 },
    );
  });
});

describe('repairing ghosts', () => {
  it('deletes orphans, ingests again what lacks vectors, and finds nothing a second time', async () => {
    const { repair, find, plant, vectors, keysOf, row, embedder, search } = await library('a.md', 'b.md');
    const before = row('b.md').visible!;
    for (const key of [vectorKeyOf(keyOfPath('x.md'), 'v'.repeat(16), 0), 'what is this']) plant(key);
    vectors.records.delete(keysOf('b.md')[1]!);
    const asked = embedder.asked.length;
    const done = await repair();
    expect(done).toMatchObject({ deletedVectors: 2, keptVectors: 0, ingested: [{ missing: 1 }], deleted: [] });
    expect(embedder.asked).toHaveLength(asked);
    expect(row('b.md').visible).toMatchObject({
      contentHash: before.contentHash,
      source: before.source,
      chunkCount: 3,
    });
    expect(await find()).toMatchObject({ ...NONE, vectors: 6, garbage: [] });
    expect(await search({ tenant: 'acme', text: paragraph('bmd1'), k: 1 })).toMatchObject([{ path: 'b.md' }]);
    expect(await repair()).toEqual({ deletedVectors: 0, keptVectors: 0, ingested: [], deleted: [] });
  });

  it('repairs a document again that broke again', async () => {
    const { repair, find, vectors, keysOf } = await library('a.md');
    for (let time = 0; time < 3; time += 1) {
      vectors.records.delete(keysOf('a.md')[time]!);
      await repair();
      expect(await find()).toMatchObject(NONE);
    }
  });

  it('starts one execution an hour, however often it is asked', async () => {
    const { find, ports, vectors, keysOf, started, clock, documents } = await library('a.md');
    vectors.records.delete(keysOf('a.md')[0]!);
    const findings = await find();
    const rows = structuredClone([...documents.rows]);
    const again = () => {
      for (const [key, row] of rows) documents.rows.set(key, row);
      return repairGhosts(ports, findings);
    };
    await again();
    await again();
    expect(started).toHaveLength(1);
    clock.time += 3_600_000;
    await again();
    expect(started).toHaveLength(2);
  });

  it('gives way to what was uploaded since', async () => {
    const { find, ports, vectors, keysOf, row, ingestion } = await library('a.md');
    vectors.records.delete(keysOf('a.md')[0]!);
    const findings = await find();
    const job = ingestion.upload('a.md', textOf('newer'), { order: 3 });
    await ingestion.run({ documents: [job], isSingle: true });
    await expect(repairGhosts(ports, findings)).rejects.toMatchObject({ name: 'SupersededVersion' });
    expect(row('a.md').visible!.source).toEqual(job.source);
    expect(await find()).toMatchObject(NONE);
  });

  it('deletes a document whose object is gone', async () => {
    const { repair, find, vectors, keysOf, row, objects, rejected } = await library('a.md', 'b.md');
    vectors.records.delete(keysOf('a.md')[0]!);
    objects.objects.delete(`documents/acme/a.md@${row('a.md').source!.versionId}`);
    objects.current.delete('documents/acme/a.md');
    expect(await repair()).toMatchObject({ ingested: [], deleted: [{ missing: 1 }] });
    expect(rejected).toEqual([]);
    expect(row('a.md')).toMatchObject({ status: 'deleted', garbage: [] });
    expect(row('a.md').visible).toBeUndefined();
    expect(await find()).toMatchObject({ ...NONE, vectors: 3 });
  });

  it('deletes a document of a bulk load whose object is gone', async () => {
    const { repair, find, ingestion, objects, row, keysOf, vectors, rejected } = await library();
    const source = objects.upload('bulk/load-1/acme/a.md', textOf('bulk'));
    const job = { ...ingestion.upload('a.md', textOf('bulk'), { order: 1 }), source, sequence: sequenceOf(1_000_000) };
    await ingestion.run({ documents: [job], isSingle: true });
    objects.objects.delete(`${source.key}@${source.versionId}`);
    objects.current.delete(source.key);
    vectors.records.delete(keysOf('a.md')[2]!);
    expect(await repair()).toMatchObject({ deleted: [{ missing: 1 }] });
    expect(rejected).toEqual([]);
    expect(row('a.md')).toMatchObject({ status: 'deleted', garbage: [] });
    expect(await find()).toMatchObject({ ...NONE, vectors: 0 });
  });

  it('ingests the current object when the version that was ingested is gone', async () => {
    const { repair, find, vectors, keysOf, row, objects } = await library('a.md');
    const old = row('a.md').source!;
    const source = objects.upload(old.key, textOf('current'));
    objects.objects.delete(`${old.key}@${old.versionId}`);
    vectors.records.delete(keysOf('a.md')[0]!);
    await repair();
    expect(row('a.md').visible!.source).toEqual(source);
    expect(await find()).toMatchObject(NONE);
  });

  it('leaves vectors that the row knows by the time they are to be deleted', async () => {
    const { find, ports, plant, vectors, documents, row } = await library('a.md');
    const versionKey = 'a-late-version-k';
    const key = vectorKeyOf(keyOfPath('a.md'), versionKey, 0);
    plant(key);
    const findings = await find();
    const pending = [{ versionKey, chunkCount: 1, since: 0 }];
    documents.rows.set(keyOfPath('a.md'), { ...row('a.md'), pending } as DocumentRow);
    expect(await repairGhosts(ports, findings)).toMatchObject({ deletedVectors: 0, keptVectors: 1 });
    expect(vectors.records.has(key)).toBe(true);
  });
});

describe('reconciling while documents come, change and go', () => {
  it('finds and repairs nothing, at whatever moments it looks', async () => {
    const change = fc.record({
      document: fc.nat(2),
      kind: fc.constantFrom('upsert', 'ingest', 'delete', 'give up', 'sweep'),
      after: fc.nat(6),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 5, maxLength: 25 }), async (changes) => {
        const { ingestion, clock, queue } = await library('0.md', '1.md', '2.md');
        const script = [...changes];
        let waited = 0;
        let order = 10;
        const next = async () => {
          if (!script[0] || waited++ < script[0].after) return;
          waited = 0;
          await act(ingestion, clock, script.shift()!, ++order);
        };
        const ports = reconcilePorts(ingestion, queue, next);
        for (let look = 0; look < 6; look += 1) {
          const findings = await findGhosts(ports);
          expect(findings).toMatchObject(NONE);
          expect((await repairGhosts(ports, findings)).deletedVectors).toBe(0);
        }
      }),
      { numRuns: 50 },
    );
  });
});

async function act(
  ingestion: ReturnType<typeof createIngestion>,
  clock: StillClock,
  { document, kind }: { document: number; kind: string },
  order: number,
): Promise<void> {
  const path = `${document}.md`;
  const event = (type: string, more: object) => ({
    id: 'event',
    source: 'aws.s3',
    'detail-type': type,
    time: new Date(clock.now()).toISOString(),
    detail: {
      bucket: { name: 'documents' },
      object: { key: `documents/acme/${path}`, sequencer: order.toString(16).padStart(18, '0') },
      ...more,
    },
  });
  if (kind === 'sweep') {
    clock.time += 3_600_000;
    return createSweepDocuments(ingestion.props)(inTime);
  }
  if (kind === 'delete') {
    const { queue } = carriedOut(ingestion);
    return queue.send(JSON.stringify(event('Object Deleted', { 'deletion-type': 'Delete Marker Created' })));
  }
  const job = ingestion.upload(path, textOf(`${path.replace(/\W/g, '')}v${order}`, 1 + (order % 4)), { order });
  if (kind === 'ingest') {
    await ingestion.run({ documents: [job], isSingle: true });
    return;
  }
  const stages = ['fetch', 'parse', 'chunk', 'embed', 'upsert'] as const;
  const documents = await ingestion.run({ documents: [job], isSingle: true }, stages);
  if (kind !== 'give up') return;
  await createRollBackVersion(ingestion.props)({ documents, error: { Error: 'ValidationFailed' } }, inTime);
}

describe('the sequence of a repair', () => {
  it.each([
    [sequenceOf(1_700_000_000_000), sequenceOf(1_700_000_001_000)],
    [sequenceOf(1_700_000_000_000, '62fb'), sequenceOf(1_700_000_000_000, '62fd')],
    [sequenceOf(1_700_000_000_000, '00ff'), sequenceOf(1_700_000_000_000, '0101')],
    [sequenceOf(1_700_000_000_000), sequenceOf(1_700_000_001_000, '1')],
  ])('lies behind %s and before %s', (sequence, later) => {
    const successor = successorOf(sequence);
    expect(compareSequences(sequence, successor)).toBeLessThan(0);
    expect(compareSequences(successor, later)).toBeLessThan(0);
  });

  it('rejects what is no sequence', () => {
    expect(() => successorOf('')).toThrow('no sequence');
  });
});

describe('the key of a vector', () => {
  it('is that of ingestion', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(9_999_999), (path, position) => {
        const documentKey = documentKeyOf('acme', path);
        const versionKey = documentKey.slice(0, 16);
        const key = vectorKeyOf(documentKey, versionKey, position);
        expect(keyOf({ documentKey, versionKey, position })).toBe(key);
        expect(placeOf(key)).toEqual({ documentKey, versionKey, position });
      }),
    );
  });

  it.each(['', 'x', `${'d'.repeat(32)}#${'v'.repeat(16)}#1`, `${'d'.repeat(32)}#${'v'.repeat(16)}#0000001`])(
    'is not %p',
    (key) => expect(placeOf(key)).toBeUndefined(),
  );
});
