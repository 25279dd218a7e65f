import type { DocumentRow, HiddenVectors } from '../../../lambdas/ingestion/domain/document';
import { documentIdOf, documentKeyOf, vectorKeysOf, versionKeyOf } from '../../../lambdas/ingestion/domain/identity';
import type { Job } from '../../../lambdas/ingestion/domain/job';
import { createRollBackVersion } from '../../../lambdas/ingestion/domain/settle-document';
import { createSweepDocuments } from '../../../lambdas/ingestion/domain/sweep-documents';
import type { VectorRecord } from '../../../lambdas/ingestion/domain/vector-store';
import { createIngestion, StillClock } from './support/ingestion';

const SECOND = 1000;
const HOUR = 3_600_000;
const KEY = documentKeyOf('acme', 'long.txt');
/** What the index deletes in a second. */
const PER_SECOND = 2_500;
const VERSION = 'an-old-version-k';

/** A document with more hidden vectors than one invocation can delete, in an index that takes its time. */
function longDocument(hidden: Partial<Pick<DocumentRow, 'pending' | 'garbage'>>) {
  const clock = new StillClock();
  const ingestion = createIngestion(clock);
  const { documents, vectors } = ingestion;
  documents.rows.set(KEY, {
    documentKey: KEY,
    documentId: documentIdOf('acme', 'long.txt'),
    tenant: 'acme',
    path: 'long.txt',
    status: 'deleted',
    pending: [],
    garbage: [],
    updatedAt: new Date(clock.now()).toISOString(),
    revision: 1,
    ...hidden,
  });
  for (const { versionKey, chunkCount } of [...(hidden.pending ?? []), ...(hidden.garbage ?? [])]) {
    for (const key of vectorKeysOf(KEY, versionKey, chunkCount)) vectors.records.set(key, { key } as VectorRecord);
  }
  const props = {
    ...ingestion.props,
    vectors: {
      ...vectors,
      delete: async (keys: readonly string[]) => {
        await clock.sleep((keys.length / PER_SECOND) * SECOND);
        await vectors.delete(keys);
      },
    },
  };
  return { ...ingestion, clock, props, row: () => documents.rows.get(KEY)! };
}

/** An invocation that may last so long. */
function lasting(clock: StillClock, seconds: number) {
  const end = clock.now() + seconds * SECOND;
  return { end, getRemainingTimeInMillis: () => end - clock.now() };
}

const hiddenOf = (chunkCount: number, since: number, mayGrow?: boolean): HiddenVectors => ({
  versionKey: VERSION,
  chunkCount,
  since,
  ...(mayGrow && { mayGrow }),
});

describe('deleting more vectors than there is time for', () => {
  it('stops in time, remembers what is left, and goes on from there until nothing is', async () => {
    const { clock, props, vectors, row } = longDocument({ garbage: [hiddenOf(200_000, 0)] });
    const sweep = createSweepDocuments(props);
    const left: number[] = [];
    for (let run = 0; run < 10 && row().garbage.length > 0; run += 1) {
      await clock.sleep(HOUR);
      const invocation = lasting(clock, 60);
      await sweep(invocation);
      expect(clock.now()).toBeLessThan(invocation.end);
      expect(vectors.records.size).toBe(row().garbage[0]?.chunkCount ?? 0);
      left.push(vectors.records.size);
    }
    expect(left).toEqual([87_500, 0]);
    expect(row().garbage).toEqual([]);
  });

  it('begins no second document without time for it', async () => {
    const { clock, props, documents, row, vectors } = longDocument({ garbage: [hiddenOf(100_000, 0)] });
    const other = documentKeyOf('acme', 'other.txt');
    documents.rows.set(other, { ...row(), documentKey: other, garbage: [hiddenOf(1, 1)] });
    const [key] = vectorKeysOf(other, VERSION, 1);
    vectors.records.set(key!, { key: key! } as VectorRecord);
    await clock.sleep(HOUR);
    await createSweepDocuments(props)(lasting(clock, 30));
    expect(row().garbage[0]!.chunkCount).toBe(50_000);
    expect(vectors.records.has(key!)).toBe(true);
  });

  it('rolls a version back as far as there is time; the sweeper deletes all of it, also what comes late', async () => {
    const { clock, props, vectors, upload, row, documents } = longDocument({});
    const job: Job = upload('long.txt', 'text', { order: 1 });
    const versionKey = versionKeyOf(job.source, job.run);
    documents.rows.set(KEY, { ...row(), pending: [{ ...hiddenOf(100_000, clock.now()), versionKey }] });
    const keys = vectorKeysOf(KEY, versionKey, 100_000);
    for (const key of keys) vectors.records.set(key, { key } as VectorRecord);
    const invocation = lasting(clock, 30);
    const error = { Error: 'ValidationFailed' };
    const { documents: done } = await createRollBackVersion(props)({ documents: [job], error }, invocation);
    expect(clock.now()).toBeLessThan(invocation.end);
    expect(done[0]!.outcome).toMatchObject({ status: 'failed' });
    expect(vectors.records.size).toBe(50_000);
    expect(row()).toMatchObject({ pending: [], garbage: [{ versionKey, chunkCount: 100_000, mayGrow: true }] });
    await vectors.put([{ key: keys.at(-1)! } as VectorRecord]);
    for (let run = 0; run < 4; run += 1) {
      await clock.sleep(HOUR);
      await createSweepDocuments(props)(lasting(clock, 30));
    }
    expect(vectors.records.size).toBe(0);
    expect(row().garbage).toEqual([]);
  });
});
