import fc from 'fast-check';
import { changeDocument } from '../../../lambdas/ingestion/domain/change-document';
import type { DocumentRow } from '../../../lambdas/ingestion/domain/document';
import { tombstone } from '../../../lambdas/ingestion/domain/document-changes';
import type { DocumentStore } from '../../../lambdas/ingestion/domain/document-store';
import { deleteGarbage } from '../../../lambdas/ingestion/domain/hidden-vectors';
import { documentKeyOf, ofVectorKey } from '../../../lambdas/ingestion/domain/identity';
import type { Job } from '../../../lambdas/ingestion/domain/job';
import { createStage } from '../../../lambdas/ingestion/domain/run-stage';
import { createSearchDocuments } from '../../../lambdas/ingestion/domain/search-documents';
import { sequenceOf } from '../../../lambdas/ingestion/domain/sequence';
import { createUpsert } from '../../../lambdas/ingestion/domain/stages/upsert';
import { createValidate } from '../../../lambdas/ingestion/domain/stages/validate';
import type { VectorRecord, VectorStore } from '../../../lambdas/ingestion/domain/vector-store';
import { FakeDocuments, FakeVectors } from './support/fake-stores';
import { createIngestion, FakeEmbedder, inTime, StillClock, silent } from './support/ingestion';
import { everyInterleaving, Turns } from './support/interleavings';

const KEY = documentKeyOf('acme', 'a.md');
const passage = (name: string, n: number) => `${name}${n} `.repeat(220).trim();
const textOf = (name: string) => [passage(name, 1), passage(name, 2)].join('\n');
const NAMES = ['one', 'two', 'three'];

/** The version whose passages these are, all of them and no others; else what they are. */
function versionIn(texts: readonly string[]): string {
  const found = texts.map((text) => text.slice(0, text.indexOf(' '))).sort();
  return NAMES.find((name) => found.join() === `${name}1,${name}2`) ?? `a mix: ${found.join()}`;
}

/** Three versions, embedded; the first is visible. */
async function prepared() {
  const ingestion = createIngestion();
  const jobs: Job[] = [];
  for (const [index, name] of NAMES.entries()) {
    const job = ingestion.upload('a.md', textOf(name), { order: index + 1 });
    jobs.push((await ingestion.run({ documents: [job], isSingle: true }, ['fetch', 'parse', 'chunk', 'embed']))[0]!);
  }
  await ingestion.run({ documents: [jobs[0]!], isSingle: true }, ['upsert', 'validate']);
  return { ingestion, jobs };
}

let state: Awaited<ReturnType<typeof prepared>>;
beforeAll(async () => {
  state = await prepared();
});

/** A world of its own in which each write and each read of a reader is a step. */
function world() {
  const turns = new Turns();
  const documents = new FakeDocuments();
  const vectors = new FakeVectors();
  for (const [key, row] of state.ingestion.documents.rows) documents.rows.set(key, row);
  for (const [key, record] of state.ingestion.vectors.records) vectors.records.set(key, record);
  const clock = new StillClock();

  const storesOf = (actor: string) => ({
    documents: {
      find: (key: string) => documents.find(key),
      save: async (row: DocumentRow) => {
        await turns.step(actor);
        return documents.save(row);
      },
      findMany: async (keys: readonly string[]) => {
        await turns.step(actor);
        return documents.findMany(keys);
      },
    },
    vectors: {
      put: async (records: readonly VectorRecord[]) => {
        for (const record of records) {
          await turns.step(actor);
          await vectors.put([record]);
        }
      },
      delete: async (keys: readonly string[]) => {
        await turns.step(actor);
        await vectors.delete(keys);
      },
      existing: (keys: readonly string[]) => vectors.existing(keys),
      get: (keys: readonly string[]) => vectors.get(keys),
      query: (query: Parameters<VectorStore['query']>[0]) => vectors.query(query),
    },
  });

  return {
    turns,
    documents,
    vectors,

    async write(actor: string, job: Job): Promise<void> {
      const stores = storesOf(actor);
      const props = { ...stores, work: state.ingestion.objects, dimensions: 8, clock, ...silent };
      try {
        let current: readonly Job[] = [job];
        for (const stage of [createUpsert(props), createValidate(props)]) {
          const payload = { documents: current, isSingle: true };
          current = (await createStage(stage, silent)(payload, inTime)).documents;
        }
      } catch (error) {
        if ((error as Error).name !== 'SupersededVersion') throw error;
      }
    },

    async remove(actor: string, order: number): Promise<void> {
      const props = { ...storesOf(actor), clock };
      const { source } = state.jobs[0]!;
      const version = {
        tenant: 'acme',
        path: 'a.md',
        source,
        sequence: sequenceOf(1_000_000, order.toString(16).padStart(18, '0')),
      };
      const { after } = await changeDocument(props, KEY, (row, now) => tombstone(row, version, now));
      const garbage = (after?.garbage ?? []).filter(({ mayGrow }) => !mayGrow);
      await deleteGarbage(props, KEY, garbage, clock.now() + 60_000);
    },

    async read(actor: string): Promise<string> {
      const stores = storesOf(actor);
      const query: VectorStore['query'] = async (asked) => {
        await turns.step(actor);
        return vectors.query(asked);
      };
      const documentStore: Pick<DocumentStore, 'findMany'> = stores.documents;
      const embedder = new FakeEmbedder();
      const search = createSearchDocuments({ embedder, vectors: { query }, documents: documentStore, clock });
      const results = await search({ tenant: 'acme', text: 'anything', k: 25 });
      return versionIn(results.map(({ text }) => text));
    },

    /** At every moment: what is visible is whole, and no vector is one that the row does not know. */
    check(): void {
      const row = documents.rows.get(KEY);
      const known = new Set([...(row?.pending ?? []), ...(row?.garbage ?? [])].map(({ versionKey }) => versionKey));
      const count = new Map<string, number>();
      for (const key of vectors.records.keys()) {
        const { versionKey } = ofVectorKey(key);
        count.set(versionKey, (count.get(versionKey) ?? 0) + 1);
        if (versionKey !== row?.visible?.versionKey && !known.has(versionKey)) throw new Error(`Nobody knows ${key}.`);
      }
      const { visible } = row ?? {};
      if (visible && count.get(visible.versionKey) !== visible.chunkCount)
        throw new Error('What is visible is not whole.');
    },

    /** What is left at the end: the content of the visible version, and no other vectors. */
    end(): { visible: string | undefined; vectors: number } {
      const visible = documents.rows.get(KEY)?.visible;
      return { visible: visible?.source.versionId, vectors: vectors.records.size };
    },
  };
}

describe('versions of one document', () => {
  it('end with the later of two that race, in every interleaving of their steps', async () => {
    const ends = new Set<string>();
    const count = await everyInterleaving(async (choose) => {
      const { turns, write, check, end } = world();
      await turns.run([write('b', state.jobs[1]!), write('c', state.jobs[2]!)], choose, check);
      ends.add(JSON.stringify(end()));
    });
    expect([...ends]).toEqual([JSON.stringify({ visible: state.jobs[2]!.source.versionId, vectors: 2 })]);
    expect(count).toBeGreaterThan(500);
  });

  it.each([
    ['after', 2, 'is visible', 2],
    ['before', 4, 'is gone', 0],
  ])('that was written %s a deletion numbered %i %s, in every interleaving', async (_, order, __, vectors) => {
    const ends = new Set<number>();
    await everyInterleaving(async (choose) => {
      const { turns, write, remove, check, end } = world();
      await turns.run([write('b', state.jobs[2]!), remove('c', order)], choose, check);
      ends.add(end().vectors);
    });
    expect([...ends]).toEqual([vectors]);
  });

  it('are read whole, one at a time, while one replaces another, in every interleaving', async () => {
    const seen = new Set<string>();
    const count = await everyInterleaving(async (choose) => {
      const { turns, write, read } = world();
      const reading = read('r');
      await turns.run([write('b', state.jobs[1]!), reading], choose);
      seen.add(await reading);
    });
    expect([...seen].sort()).toEqual(['one', 'two']);
    expect(count).toBeGreaterThan(400);
  });

  it('are read whole, one at a time, while two race', async () => {
    const choices = fc.array(fc.nat(5), { minLength: 40, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(choices, async (picks) => {
        const { turns, write, read, check } = world();
        const reading = [read('r'), read('s')];
        let at = 0;
        const choose = (options: number) => (picks[at++ % picks.length] ?? 0) % options;
        await turns.run([write('b', state.jobs[1]!), write('c', state.jobs[2]!), ...reading], choose, check);
        for (const result of await Promise.all(reading)) expect(NAMES).toContain(result);
      }),
      { numRuns: 1500 },
    );
  });
});
