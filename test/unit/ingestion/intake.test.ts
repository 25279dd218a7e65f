import { documentKeyOf } from '../../../lambdas/ingestion/domain/identity';
import type { IngestInput } from '../../../lambdas/ingestion/domain/ingest-starter';
import { createQuarantineDocument } from '../../../lambdas/ingestion/domain/settle-document';
import { createStartIngestion } from '../../../lambdas/ingestion/domain/start-ingestion';
import { createIngestion, StillClock } from './support/ingestion';

const NOW = Date.UTC(2026, 0, 1, 12);
const text = (word: string) => `${word} `.repeat(200).trim();

/** A bucket whose events are carried out as they come. */
function bucket() {
  const ingestion = createIngestion(new StillClock(NOW));
  const started: IngestInput[] = [];
  const rejected: { body: string; reason?: string }[] = [];
  let sequencer = 0x10;
  const start = createStartIngestion({
    ...ingestion.props,
    documentsBucket: 'documents',
    sources: ingestion.objects,
    starter: {
      async start(input) {
        if (started.some(({ run }) => run === input.run)) return 'exists';
        started.push(input);
        return 'started';
      },
    },
    deadLetters: {
      async send(body, attributes) {
        rejected.push({ body, reason: attributes?.reason });
      },
    },
  });
  const send = (body: unknown) =>
    start({ messageId: 'm', body: typeof body === 'string' ? body : JSON.stringify(body) });
  const event = (type: string, key: string, versionId: string | undefined, more: object = {}) => ({
    id: `e${sequencer}`,
    source: 'aws.s3',
    'detail-type': type,
    time: new Date(NOW).toISOString(),
    detail: {
      bucket: { name: 'documents' },
      object: { key, 'version-id': versionId, sequencer: (sequencer++).toString(16).padStart(18, '0') },
      ...more,
    },
  });
  return {
    ingestion,
    started,
    rejected,
    send,
    event,
    row: (path = 'a.md') => ingestion.documents.rows.get(documentKeyOf('acme', path)),

    /** Uploads a text; answers the event of it, which is not carried out yet. */
    put(path: string, content: string | Buffer) {
      const key = `documents/acme/${path}`;
      const { versionId } = ingestion.objects.upload(key, content, { modifiedAt: NOW });
      return event('Object Created', key, versionId);
    },

    remove(path: string, more: object = { 'deletion-type': 'Delete Marker Created' }) {
      const key = `documents/acme/${path}`;
      ingestion.objects.current.delete(key);
      return event('Object Deleted', key, 'marker', more);
    },

    /** Runs the newest execution to its end. */
    async run(index = started.length - 1) {
      await ingestion.run({ documents: [started[index]!], isSingle: true });
    },
  };
}

describe('start-ingestion', () => {
  it('starts one execution for a version, however often its event comes', async () => {
    const { put, send, started, run, row } = bucket();
    const event = put('a.md', text('apple'));
    await send(event);
    await send(event);
    await run();
    expect(started).toHaveLength(1);
    expect(started[0]!.run).toMatch(/^[\w-]{49}$/);
    expect(row()?.status).toBe('visible');
  });

  it('starts nothing for content that readers see already, and remembers that it is newer', async () => {
    const { put, send, started, run, row } = bucket();
    await send(put('a.md', text('apple')));
    await run();
    const late = put('a.md', text('berry'));
    const same = put('a.md', text('apple'));
    await send(same);
    await send(late);
    expect(started).toHaveLength(1);
    expect(row()).toMatchObject({
      status: 'visible',
      source: { versionId: 'v3' },
      visible: { source: { versionId: 'v1' } },
    });
  });

  it('runs content again that goes from A to B and back to A', async () => {
    const { put, send, started, run, row, ingestion } = bucket();
    for (const word of ['apple', 'berry', 'apple']) {
      await send(put('a.md', text(word)));
      await run();
    }
    expect(started).toHaveLength(3);
    expect(new Set(started.map((input) => input.run)).size).toBe(3);
    expect(row()?.visible?.source.versionId).toBe('v3');
    expect(ingestion.embedder.asked).toHaveLength(2);
  });

  it('runs a quarantined document again when it is uploaded again', async () => {
    const { put, send, started, run, row, ingestion } = bucket();
    await send(put('a.md', 'broken'));
    await expect(run()).rejects.toMatchObject({ name: 'DocumentRefused' });
    const error = { Error: 'DocumentRefused', Cause: '{"errorMessage":"It is broken."}' };
    await createQuarantineDocument(ingestion.props)({ documents: [started[0]!], error });
    expect(row()).toMatchObject({ status: 'quarantined', reason: 'It is broken.' });
    await send(put('a.md', 'broken'));
    expect(started).toHaveLength(2);
    await send(put('a.md', text('mended')));
    await run();
    expect(row()?.status).toBe('visible');
    expect(row()?.reason).toBeUndefined();
  });

  it('makes a deleted document disappear at once, also for executions that are on their way', async () => {
    const { put, send, remove, run, row, ingestion } = bucket();
    await send(put('a.md', text('apple')));
    await run();
    await send(put('a.md', text('berry')));
    await send(remove('a.md'));
    expect(await ingestion.search({ tenant: 'acme', text: 'apple', k: 3 })).toEqual([]);
    expect(ingestion.vectors.records.size).toBe(0);
    await expect(run(1)).rejects.toMatchObject({ name: 'SupersededVersion' });
    expect(row()).toMatchObject({ status: 'deleted', garbage: [], pending: [] });
    expect(row()?.expiration).toBe(NOW / 1000 + 90 * 24 * 3600);
  });

  it('takes a deletion that comes late for what it is', async () => {
    const { put, send, remove, run, row } = bucket();
    const deletion = remove('a.md');
    await send(put('a.md', text('apple')));
    await run();
    await send(deletion);
    expect(row()?.status).toBe('visible');
  });

  it('brings a document back when its delete marker is removed', async () => {
    const { put, send, remove, event, run, row, started, ingestion } = bucket();
    await send(put('a.md', text('apple')));
    await run();
    await send(remove('a.md'));
    ingestion.objects.current.set('documents/acme/a.md', 'v1');
    await send(event('Object Deleted', 'documents/acme/a.md', 'marker', { 'deletion-type': 'Permanently Deleted' }));
    await run();
    expect(started).toHaveLength(2);
    expect(row()).toMatchObject({ status: 'visible', visible: { source: { versionId: 'v1' } } });
    await send(event('Object Deleted', 'documents/acme/a.md', 'v0', { 'deletion-type': 'Permanently Deleted' }));
    expect(started).toHaveLength(2);
    expect(row()?.status).toBe('visible');
  });

  it('leaves objects of a bulk load to its machine, and deletes what came from one', async () => {
    const { send, event, started, row, ingestion } = bucket();
    const key = 'bulk/load1/acme/a.md';
    const source = ingestion.objects.upload(key, text('apple'), { modifiedAt: NOW });
    await send(event('Object Created', key, source.versionId));
    expect(started).toEqual([]);
    const job = {
      ...ingestion.upload('a.md', text('apple'), { order: 1, run: 'load1-0' }),
      source,
      sequence: `${NOW}-`,
    };
    await ingestion.run({ documents: [job] });
    await send(event('Object Deleted', 'bulk/load0/acme/a.md', 'marker'));
    expect(row()?.status).toBe('visible');
    await send(event('Object Deleted', key, 'marker'));
    expect(row()?.status).toBe('deleted');
    expect(ingestion.vectors.records.size).toBe(0);
  });

  it.each<[string, unknown]>([
    ['no JSON', '{'],
    ['no event', { hello: 'world' }],
    ['another event', { id: 'e', source: 'aws.s3', 'detail-type': 'Object Restored', detail: {} }],
    [
      'another bucket',
      { ...bucket().event('Object Created', 'documents/acme/a.md', 'v1', { bucket: { name: 'other' } }) },
    ],
    ['a key that is no document', bucket().event('Object Created', 'secrets/acme/a.md', 'v1')],
    ['a tenant that is none', bucket().event('Object Created', 'documents/../a.md', 'v1')],
    ['no path', bucket().event('Object Created', 'documents/acme/', 'v1')],
    ['a path that is too long', bucket().event('Object Created', `documents/acme/${'x'.repeat(701)}`, 'v1')],
    [
      'a handed-over document that is none',
      { id: 'e', source: 'stepwright.ingestion', 'detail-type': 'Document Handed Over', detail: { tenant: 'A' } },
    ],
  ])('rejects %s into the dead-letter queue with its reason', async (_, body) => {
    const { send, rejected, started } = bucket();
    await send(body);
    expect(started).toEqual([]);
    expect(rejected).toHaveLength(1);
    expect(rejected[0]!.reason).toBeTruthy();
  });

  it('starts a document that is too large to be read, so that it is quarantined with its reason', async () => {
    const { put, send, started, ingestion } = bucket();
    const event = put('a.md', 'x');
    const head = ingestion.objects.head.bind(ingestion.objects);
    ingestion.objects.head = async (object) => ({ ...(await head(object))!, sizeBytes: 200 * 1024 * 1024 });
    await send(event);
    expect(started[0]).toMatchObject({ contentHash: '', sizeBytes: 200 * 1024 * 1024 });
    await expect(ingestion.run({ documents: [started[0]!], isSingle: true })).rejects.toThrow('209715200 bytes');
  });
});
