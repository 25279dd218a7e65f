import { documentKeyOf } from '../../../bin/commands/ingest/ingestion-stack';
import { IngestionStacks } from '../../support/ingestion/ingestion-stacks';

const TENANT = 'acme';

let stacks: IngestionStacks;

beforeAll(async () => {
  stacks = await IngestionStacks.start();
}, 120_000);
afterAll(() => stacks.stop());

const object = (path: string) => ({ Bucket: stacks.outputs.DocumentsBucketName, Key: `documents/${TENANT}/${path}` });
const deleteObject = (path: string) => stacks.call('s3', 'DeleteObject', object(path));

/** A document's row as soon as it is as somebody waits for. */
async function rowOf(path: string, isWanted: (row: any) => boolean): Promise<any> {
  for (const until = Date.now() + 30_000; Date.now() < until; ) {
    const { Item } = await stacks.call('dynamodb', 'GetItem', {
      TableName: stacks.outputs.DocumentsTableName,
      Key: { documentKey: { S: documentKeyOf(TENANT, path) } },
      ConsistentRead: true,
    });
    if (Item && isWanted(Item)) return Item;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error(`${path} did not become what was waited for`);
}

const vectorsOf = async (path: string) => {
  const keys = await stacks.vectorKeys();
  return keys.filter((key) => key.startsWith(`${documentKeyOf(TENANT, path)}#`));
};
const isDeletedForGood = (row: any) => row.status.S === 'deleted' && row.garbage.L.length === 0;

describe('objects of the documents bucket', () => {
  it('leave no vector when they are deleted, and are found again when they come back', async () => {
    stacks.write('a.md', '# Lighthouse\n\nThe lighthouse keeper counts the ships.');
    await stacks.ingest('a.md', '--tenant', TENANT);
    expect(await vectorsOf('a.md')).not.toEqual([]);
    await deleteObject('a.md');
    await rowOf('a.md', isDeletedForGood);
    expect(await vectorsOf('a.md')).toEqual([]);
    expect(await stacks.search('lighthouse keeper', '--tenant', TENANT)).toEqual([]);

    const { json } = await stacks.ingest('a.md', '--tenant', TENANT);
    expect(json).toMatchObject({ visible: 1, embedded: 0 });
    expect(await stacks.search('lighthouse keeper', '--tenant', TENANT)).toMatchObject([{ path: 'a.md' }]);
  });

  it('of a bulk load leave no vector either when they are deleted', async () => {
    stacks.write('loaded/one.md', '# Ferry\n\nThe ferry crosses the sound at noon.');
    stacks.write('loaded/two.md', '# Harbour\n\nThe harbour sleeps in winter.');
    await stacks.ingest('loaded', '--tenant', TENANT, '--bulk-above', '1');
    const row = await rowOf('loaded/one.md', ({ status }) => status.S === 'visible');
    const { bucket, key } = row.source.M;
    expect(key.S).toMatch(/^bulk\//);
    await stacks.call('s3', 'DeleteObject', { Bucket: bucket.S, Key: key.S });
    await rowOf('loaded/one.md', isDeletedForGood);
    expect(await vectorsOf('loaded/one.md')).toEqual([]);
    expect(await vectorsOf('loaded/two.md')).not.toEqual([]);
  });

  it('are renamed by a copy and a deletion', async () => {
    stacks.write('old.md', '# Granary\n\nThe granary stands beside the mill.');
    await stacks.ingest('old.md', '--tenant', TENANT);
    const { Key, Bucket } = object('old.md');
    await stacks.call('s3', 'CopyObject', { ...object('new.md'), CopySource: `${Bucket}/${Key}` });
    await deleteObject('old.md');
    await rowOf('new.md', (row) => row.status.S === 'visible');
    await rowOf('old.md', isDeletedForGood);
    const found = await stacks.search('granary beside the mill', '--tenant', TENANT);
    expect(found.map(({ path }) => path)).not.toContain('old.md');
    expect(found[0]!.path).toBe('new.md');
  });

  it('are what was uploaded last when content goes from A to B to A', async () => {
    const [a, b] = ['# Harbour\n\nThe harbour freezes in January.', '# Harbour\n\nThe harbour thaws in April.'];
    for (const text of [a, b, a]) {
      stacks.write('harbour.md', text);
      const { json } = await stacks.ingest('harbour.md', '--tenant', TENANT);
      expect(json).toMatchObject({ visible: 1, unchanged: 0 });
    }
    const found = await stacks.search('harbour', '--tenant', TENANT, '--path', 'harbour.md');
    expect(found.map(({ text }) => text)).toEqual([expect.stringContaining('freezes in January')]);
    expect(await vectorsOf('harbour.md')).toHaveLength(1);
  });

  it('keep what readers see when a later version is refused, and take the next one', async () => {
    stacks.write('plan.txt', 'The plan is to sail at noon.');
    await stacks.ingest('plan.txt', '--tenant', TENANT);
    stacks.write('plan.txt', Buffer.from('\u0000\u0001\u0002binary\u0000', 'latin1'));
    const { json } = await stacks.ingest('plan.txt', '--tenant', TENANT);
    expect(json).toMatchObject({ visible: 0, quarantined: 1 });
    expect((await stacks.search('sail at noon', '--tenant', TENANT, '--path', 'plan.txt'))[0]!.text).toContain('noon');
    stacks.write('plan.txt', 'The plan is to sail at dusk.');
    expect((await stacks.ingest('plan.txt', '--tenant', TENANT)).json).toMatchObject({ visible: 1, quarantined: 0 });
    expect((await stacks.search('sail', '--tenant', TENANT, '--path', 'plan.txt'))[0]!.text).toContain('dusk');
  });

  it('of one tenant are not found by another', async () => {
    stacks.write('secret.md', '# Vault\n\nThe combination of the vault is written nowhere.');
    await stacks.ingest('secret.md', '--tenant', TENANT);
    expect(await stacks.search('combination of the vault', '--tenant', 'other')).toEqual([]);
  });
});
