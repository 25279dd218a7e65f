import { documentKeyOf } from '../../../../lambdas/ingestion/domain/identity';
import { jsonLine } from '../../../../lambdas/ingestion/domain/json-lines';
import { sequenceOf } from '../../../../lambdas/ingestion/domain/sequence';
import type { CrashWorld } from './crash-world';

/** Where a document of a scenario ends when nothing goes wrong. */
export type End = 'new' | 'quarantined' | 'deleted' | 'parked';

/** Something that happens to documents. */
export interface Scenario {
  readonly name: string;
  /** What was before: ingested without disturbance. */
  readonly before: (world: CrashWorld) => Promise<void>;
  /** What happens; the world is let rest after it. */
  readonly act: (world: CrashWorld) => Promise<void>;
  /** A version is visible for a moment only: what a dead process had sent of it may land when it is gone. */
  readonly isShortLived?: boolean;
  /** The ends of documents by path, when nothing goes wrong. */
  readonly ends: Readonly<Record<string, End>>;
}

const TENANT = 'acme';
/** More passages than one segment has: two puts. */
const LONG = 258;

const passage = (word: string) => `${word} `.repeat(220).trim();
const textOf = (word: string, passages = 3) =>
  Array.from({ length: passages }, (_, n) => passage(`${word}${n}`)).join('\n');

/** A visible version of a document. */
async function ingested(world: CrashWorld, path: string, text: string): Promise<void> {
  const { ingestion } = world;
  let isDone = false;
  const run = ingestion.run({ documents: [ingestion.upload(path, text, { order: 1 })], isSingle: true });
  const end = () => {
    isDone = true;
  };
  run.then(end, end);
  // Its pace waits on the world's clock.
  while (!isDone) await world.rest();
  await run;
}

/** Uploads a version and lets its event come. */
function uploaded(world: CrashWorld, path: string, text: string, order: number): void {
  const { ingestion, bench } = world;
  const key = `documents/${TENANT}/${path}`;
  const { versionId } = ingestion.objects.upload(key, text, { modifiedAt: bench.clock.now() });
  world.send(event('Object Created', key, order, bench.clock.now(), versionId));
}

function event(type: string, key: string, order: number, at: number, versionId = 'marker', more: object = {}): string {
  return JSON.stringify({
    id: 'event',
    source: 'aws.s3',
    'detail-type': type,
    time: new Date(at).toISOString(),
    detail: {
      bucket: { name: 'documents' },
      object: { key, 'version-id': versionId, sequencer: order.toString(16).padStart(18, '0') },
      ...more,
    },
  });
}

function deletedObject(world: CrashWorld, path: string, order: number): void {
  const { ingestion, bench } = world;
  const key = `documents/${TENANT}/${path}`;
  ingestion.objects.current.delete(key);
  const more = { 'deletion-type': 'Delete Marker Created' };
  world.send(event('Object Deleted', key, order, bench.clock.now(), 'marker', more));
}

const none = async () => undefined;

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'a long document is replaced',
    before: (world) => ingested(world, 'long.md', textOf('word', LONG)),
    act: async (world) => uploaded(world, 'long.md', `${textOf('word', LONG - 1)}\n${passage('new')}`, 2),
    ends: { 'long.md': 'new' },
  },
  {
    name: 'a page is fetched for the first time',
    before: none,
    act: async (world) => {
      world.ingestion.pages.set('https://example.com/', textOf('page'));
      uploaded(world, 'page.url', 'https://example.com/', 2);
    },
    ends: { 'page.url': 'new' },
  },
  {
    name: 'a document comes back unchanged',
    before: (world) => ingested(world, 'same.md', textOf('same')),
    act: async (world) => uploaded(world, 'same.md', textOf('same'), 2),
    ends: { 'same.md': 'new' },
  },
  {
    name: 'a later version is refused',
    before: (world) => ingested(world, 'refused.md', textOf('old')),
    act: async (world) => uploaded(world, 'refused.md', 'broken', 2),
    ends: { 'refused.md': 'quarantined' },
  },
  {
    name: 'a version whose vectors are damaged is rolled back and swept',
    before: (world) => ingested(world, 'damaged.md', textOf('old')),
    act: async (world) => {
      damagePuts(world);
      uploaded(world, 'damaged.md', textOf('new'), 2);
      await world.rest();
      await world.sweep();
    },
    ends: { 'damaged.md': 'parked' },
  },
  {
    name: 'two versions race',
    before: (world) => ingested(world, 'race.md', textOf('old')),
    act: async (world) => {
      uploaded(world, 'race.md', textOf('middle', 4), 2);
      uploaded(world, 'race.md', textOf('new', 5), 3);
    },
    ends: { 'race.md': 'new' },
  },
  {
    name: 'a version is overtaken by the deletion of its document',
    before: (world) => ingested(world, 'gone.md', textOf('old')),
    act: async (world) => {
      uploaded(world, 'gone.md', textOf('new'), 2);
      deletedObject(world, 'gone.md', 3);
    },
    ends: { 'gone.md': 'deleted' },
  },
  {
    name: 'a message is none',
    before: none,
    act: async (world) => world.send('no JSON'),
    ends: {},
  },
  {
    name: 'a load brings documents of every kind',
    before: async (world) => {
      await ingested(world, 'a.md', textOf('a'));
      await ingested(world, 'b.md', textOf('b'));
    },
    act: async (world) => {
      const { ingestion, bench } = world;
      const texts = {
        'a.md': textOf('a'),
        'b.md': textOf('newb'),
        'c.md': textOf('c'),
        'd.md': 'broken',
        'e.md': textOf('e'),
        'f.md': textOf('f'),
      };
      const modifiedAt = bench.clock.now();
      const lines = Object.entries(texts).map(([path, text]) => {
        const { contentHash, sizeBytes } = ingestion.upload(path, text, { order: 1 });
        const source = ingestion.objects.upload(`bulk/load-1/${TENANT}/${path}`, text, { modifiedAt });
        const size = path === 'e.md' ? 3 * 1024 * 1024 : sizeBytes;
        return { tenant: TENANT, path, source, contentHash, sizeBytes: size, sequence: sequenceOf(modifiedAt) };
      });
      hideOnce(world, `bulk/load-1/${TENANT}/f.md`);
      await ingestion.objects.put('work/loads/load-1/manifest.jsonl', lines.map(jsonLine).join(''));
      await world.load('load-1');
    },
    ends: { 'a.md': 'new', 'b.md': 'new', 'c.md': 'new', 'd.md': 'quarantined', 'e.md': 'new', 'f.md': 'new' },
  },
  {
    name: 'a version overtakes a batch of a load',
    before: (world) => ingested(world, 'late.md', textOf('old')),
    act: async (world) => {
      const { ingestion, bench } = world;
      const { contentHash, sizeBytes } = ingestion.upload('late.md', textOf('batch'), { order: 1 });
      const modifiedAt = bench.clock.now() - 60_000;
      const source = ingestion.objects.upload(`bulk/load-2/${TENANT}/late.md`, textOf('batch'), { modifiedAt });
      const line = {
        tenant: TENANT,
        path: 'late.md',
        source,
        contentHash,
        sizeBytes,
        sequence: sequenceOf(modifiedAt),
      };
      await ingestion.objects.put('work/loads/load-2/manifest.jsonl', jsonLine(line));
      overtake(world, () => uploaded(world, 'late.md', textOf('new', 5), 3));
      await world.load('load-2');
    },
    isShortLived: true,
    ends: { 'late.md': 'new' },
  },
];

/** From now on the first vector of every put is another than was sent. */
function damagePuts({ ingestion: { vectors } }: CrashWorld): void {
  const put = vectors.put.bind(vectors);
  vectors.put = (records) =>
    put(records.map((record, at) => (at === 0 ? { ...record, vector: record.vector.map((value) => -value) } : record)));
}

/** The object cannot be looked at the first time: its document is left over by the batch. */
function hideOnce({ ingestion: { objects } }: CrashWorld, key: string): void {
  const head = objects.head.bind(objects);
  let isHidden = true;
  objects.head = async (object) => {
    if (object.key !== key || !isHidden) return head(object);
    isHidden = false;
    throw new Error('S3 is away.');
  };
}

/** Once, when vectors of the load come into the index, something else happens. */
function overtake({ ingestion: { vectors } }: CrashWorld, act: () => void): void {
  const put = vectors.put.bind(vectors);
  let hasHappened = false;
  vectors.put = async (records) => {
    if (!hasHappened) act();
    hasHappened = true;
    await put(records);
  };
}

/** Where a document ended. `parked` when a person has to look; `lost` when nothing of the above holds. */
export async function endOf(world: CrashWorld, path: string): Promise<End | 'lost'> {
  const { documents, objects } = world.ingestion;
  const row = documents.rows.get(documentKeyOf(TENANT, path));
  const newest = [...objects.objects.keys()].filter((name) => name.includes(`/${TENANT}/${path}@`)).at(-1);
  const isNew = row?.source !== undefined && `${row.source.key}@${row.source.versionId}` === newest;
  if (row?.status === 'deleted' && !objects.current.has(`documents/${TENANT}/${path}`)) return 'deleted';
  if (row?.status === 'quarantined' && isNew) return 'quarantined';
  if (row?.status === 'visible' && isNew) return 'new';
  return (await world.isInReview(path)) ? 'parked' : 'lost';
}
