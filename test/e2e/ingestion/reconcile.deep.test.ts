import { readFileSync } from 'node:fs';
import path from 'node:path';
import { documentKeyOf } from '../../../bin/commands/ingest/ingestion-stack';
import { keyOf } from '../../../bin/commands/reconcile/vector-key';
import { IngestionStacks } from '../../support/ingestion/ingestion-stacks';

const TENANT = 'acme';
const FILES = ['book.md', 'loaded/one.md', 'loaded/two.md', 'gone.md'];

let stacks: IngestionStacks;

beforeAll(async () => {
  stacks = await IngestionStacks.start();
  const chapter = (word: string) => `## The ${word}\n\n${`What is said of the ${word} fills a passage. `.repeat(30)}\n`;
  stacks.write('book.md', `# Book\n\n${['tide', 'reef', 'gale', 'buoy'].map(chapter).join('\n')}`);
  stacks.write('gone.md', '# Wreck\n\nThe wreck lies where nobody dives.');
  stacks.write('loaded/one.md', '# Ferry\n\nThe ferry crosses the sound at noon.');
  stacks.write('loaded/two.md', '# Harbour\n\nThe harbour sleeps in winter.');
  await stacks.ingest('book.md', 'gone.md', '--tenant', TENANT);
  await stacks.ingest('loaded', '--tenant', TENANT, '--bulk-above', '1');
}, 240_000);
afterAll(() => stacks.stop());

const index = () => ({
  vectorBucketName: stacks.outputs.VectorBucketName,
  indexName: stacks.outputs.VectorIndexName,
});

const keysOf = async (file: string) =>
  (await stacks.vectorKeys()).filter((key) => key.startsWith(documentKeyOf(TENANT, file))).sort();

const rowOf = async (file: string) => {
  const Key = { documentKey: { S: documentKeyOf(TENANT, file) } };
  const TableName = stacks.outputs.DocumentsTableName;
  return (await stacks.call('dynamodb', 'GetItem', { TableName, Key, ConsistentRead: true })).Item;
};

/** Puts copies of a vector of the book under other keys. */
async function plant(keys: readonly string[]): Promise<void> {
  const [one] = await keysOf('book.md');
  const asked = { ...index(), keys: [one], returnData: true, returnMetadata: true };
  const { vectors } = await stacks.call('s3vectors', 'GetVectors', asked);
  const { data, metadata } = vectors[0];
  await stacks.call('s3vectors', 'PutVectors', { ...index(), vectors: keys.map((key) => ({ key, data, metadata })) });
}

async function reconcile(...args: string[]): Promise<{ code: number; output: string; found: any }> {
  const file = path.join(stacks.folder, 'findings.json');
  const answer = await stacks.run('documents', ['reconcile', '--json', file, ...args]);
  return { ...answer, found: JSON.parse(readFileSync(file, 'utf8')) };
}

describe('npm run documents', () => {
  it('reconcile finds nothing where nothing is wrong', async () => {
    const { code, output, found } = await reconcile();
    expect(output).toContain('Every vector belongs to a version that its row knows.');
    expect(output).toContain('Every visible version has all its vectors.');
    expect({ code, found }).toMatchObject({ code: 0, found: { documents: 4, orphans: [], broken: [], garbage: [] } });
  });

  it('reconcile finds exactly the ghosts that are planted, repairs them, and finds none a second time', async () => {
    const documentKey = documentKeyOf(TENANT, 'book.md');
    const versionKey = (await rowOf('book.md')).visible.M.versionKey.S;
    const orphans = [
      keyOf({ documentKey: documentKeyOf(TENANT, 'never.md'), versionKey, position: 0 }),
      keyOf({ documentKey, versionKey: 'an-old-version-0', position: 3 }),
      keyOf({ documentKey, versionKey, position: 4_000 }),
      'no key of ingestion',
    ];
    await plant(orphans);
    const missing = [(await keysOf('book.md'))[1]!, ...(await keysOf('loaded/one.md')), ...(await keysOf('gone.md'))];
    await stacks.call('s3vectors', 'DeleteVectors', { ...index(), keys: missing });
    await forgetObject('gone.md');

    const looked = await reconcile('--tenant', TENANT);
    expect(looked.code).toBe(1);
    expect(looked.found.orphans.flatMap(({ keys }: any) => keys).sort()).toEqual([...orphans].sort());
    expect(looked.found.broken.map(({ documentId, missing: count }: any) => [documentId, count]).sort()).toEqual([
      ['acme/book.md', 1],
      ['acme/gone.md', 1],
      ['acme/loaded/one.md', 1],
    ]);
    expect((await reconcile('--tenant', 'other')).found).toMatchObject({ orphans: [], broken: [] });

    const repaired = await reconcile('--repair');
    expect(repaired.output).toContain('Deleted 4 vectors.');
    expect(repaired).toMatchObject({ code: 0, found: { repair: { open: [], deletedVectors: 4 } } });
    expect(repaired.found.repair.deleted).toMatchObject([{ documentId: 'acme/gone.md' }]);

    const again = await reconcile('--repair');
    expect(again).toMatchObject({ code: 0, found: { orphans: [], broken: [] } });
    for (const file of FILES.slice(0, 3)) {
      const visible = (await rowOf(file)).visible.M;
      expect((await keysOf(file)).length).toBe(Number(visible.chunkCount.N));
    }
    const [found] = await stacks.search('what is said of the reef', '--tenant', TENANT);
    expect(found).toMatchObject({ path: 'book.md', heading: ['Book', 'The reef'] });
    expect((await rowOf('gone.md')).status.S).toBe('deleted');
  }, 180_000);

  it('list and delete show documents and take them out of the search, those of a bulk load too', async () => {
    const listed = await stacks.run('documents', ['list', '--tenant', TENANT, '--status', 'visible']);
    expect(listed.output.trim().split('\n')).toHaveLength(3);
    expect(listed.output).toMatch(/loaded\/two\.md.* visible {2}1 passage {2}20/);
    const deleted = await stacks.run('documents', ['delete', 'book.md', 'loaded/two.md', '--tenant', TENANT]);
    expect(deleted).toMatchObject({ code: 0, output: 'book.md: deleted\nloaded/two.md: deleted\n' });
    expect(await stacks.search('harbour sleeps', '--tenant', TENANT)).toMatchObject([{ path: 'loaded/one.md' }]);
    const unknown = await stacks.run('documents', ['delete', 'never.md', '--tenant', TENANT]);
    expect(unknown).toMatchObject({ code: 1, output: expect.stringContaining('there is no such document') });
    expect((await stacks.run('documents', ['list', '--tenant', 'nobody'])).output).toContain(
      'nobody has no documents.',
    );
  });
});

/** Takes all versions of an object out of the bucket as S3's lifecycle may, whose events got lost. */
async function forgetObject(file: string): Promise<void> {
  const Bucket = stacks.outputs.DocumentsBucketName;
  await stacks.call('s3', 'PutBucketNotificationConfiguration', { Bucket, NotificationConfiguration: {} });
  const source = (await rowOf(file)).source.M;
  await stacks.call('s3', 'DeleteObject', { Bucket, Key: source.key.S, VersionId: source.versionId.S });
  await stacks.call('s3', 'PutBucketNotificationConfiguration', {
    Bucket,
    NotificationConfiguration: { EventBridgeConfiguration: {} },
  });
}
