import { createHash } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { chunkBlocks } from '../../../lambdas/ingestion/domain/chunking/chunk-blocks';
import { documentKeyOf } from '../../../lambdas/ingestion/domain/identity';
import type { Job } from '../../../lambdas/ingestion/domain/job';
import { createStage } from '../../../lambdas/ingestion/domain/run-stage';
import { createSearchDocuments } from '../../../lambdas/ingestion/domain/search-documents';
import { sequenceOf } from '../../../lambdas/ingestion/domain/sequence';
import { createSharedPace } from '../../../lambdas/ingestion/domain/shared-pace';
import { createChunk } from '../../../lambdas/ingestion/domain/stages/chunk';
import { createEmbed } from '../../../lambdas/ingestion/domain/stages/embed';
import { createFetch } from '../../../lambdas/ingestion/domain/stages/fetch';
import { createParse } from '../../../lambdas/ingestion/domain/stages/parse';
import { createUpsert } from '../../../lambdas/ingestion/domain/stages/upsert';
import { createValidate } from '../../../lambdas/ingestion/domain/stages/validate';
import { systemClock } from '../../../lambdas/shared/clock';
import { startEmbeddedIngestion } from './support/embedded-ingestion';
import { inTime, parseLines, silent } from './support/ingestion';

let aws: Awaited<ReturnType<typeof startEmbeddedIngestion>>;

beforeAll(async () => {
  aws = await startEmbeddedIngestion();
});
afterAll(() => aws.close());

const paragraph = (word: string) => `${word} is what this paragraph speaks of. `.repeat(30).trim();

async function upload(path: string, text: string, order: number): Promise<Job> {
  const key = `documents/acme/${path}`;
  const { VersionId } = await aws.s3.send(new PutObjectCommand({ Bucket: 'documents', Key: key, Body: text }));
  return {
    tenant: 'acme',
    path,
    source: { bucket: 'documents', key, versionId: VersionId! },
    sizeBytes: Buffer.byteLength(text),
    sequence: sequenceOf(Date.now(), order.toString(16).padStart(18, '0')),
    contentHash: createHash('sha256').update(text).digest('base64url'),
    run: `run-${order}`,
  };
}

async function ingest(job: Job): Promise<Job> {
  const { work, sources, documents, vectors, embedder, cache, paceStore, dimensions } = aws;
  const props = { work, documents, vectors, dimensions, clock: systemClock, ...silent };
  const pace = createSharedPace(paceStore, systemClock);
  const fetchPage = () => Promise.reject(new Error('no page is fetched'));
  let documentsOnTheWay: readonly Job[] = [job];
  for (const stage of [
    createFetch({ sources, work, fetchPage }),
    createParse({ sources, work, parser: { parse: parseLines } }),
    createChunk({ work, chunkBlocks }),
    createEmbed({ work, embedder, cache, pace, clock: systemClock }),
    createUpsert(props),
    createValidate(props),
  ]) {
    const payload = { documents: documentsOnTheWay, isSingle: true };
    documentsOnTheWay = (await createStage(stage, silent)(JSON.parse(JSON.stringify(payload)), inTime)).documents;
  }
  return documentsOnTheWay[0]!;
}

const search = (text: string, path?: string) =>
  createSearchDocuments({ ...aws, clock: systemClock })({ tenant: 'acme', text, k: 3, path });

describe('ingestion over the embedded AWS', () => {
  it('makes a document searchable, replaces it, and keeps one version’s vectors', async () => {
    const text = ['# Fruit', paragraph('apple'), paragraph('cherry')].join('\n');
    const first = await ingest(await upload('fruit.md', text, 1));
    const second = await ingest(await upload('fruit.md', `${text}\n${paragraph('grape')}`, 2));
    const results = await search('what speaks of grape?');
    const documentKey = documentKeyOf('acme', 'fruit.md');
    const row = await aws.documents.find(documentKey);
    const old = await aws.vectors.existing([0, 1].map((n) => `${documentKey}#${first.upserted!.versionKey}#00000${n}`));
    expect(first.embedded).toMatchObject({ reused: 0 });
    expect(second.embedded).toMatchObject({ reused: first.embedded!.embedded });
    expect(results[0]).toMatchObject({ path: 'fruit.md', heading: ['Fruit'], text: paragraph('grape') });
    expect(row).toMatchObject({ status: 'visible', garbage: [], pending: [], revision: 5 });
    expect(old.size).toBe(0);
  });

  it('finds passages of one document, whatever is in its path', async () => {
    const path = `é/../#?&{}"\u202e — ${'x'.repeat(300)}`;
    await ingest(await upload(path, paragraph('melon'), 3));
    await ingest(await upload('other.md', paragraph('melon'), 4));
    const results = await search('melon', path);
    expect(results.map((result) => result.path)).toEqual([path]);
    expect(await search('melon', 'nothing.md')).toEqual([]);
  });

  it('lists a tenant’s documents by status, page by page', async () => {
    for (const n of [1, 2, 3]) await ingest(await upload(`list-${n}.md`, paragraph(`item ${n}`), 10 + n));
    const first = await aws.documents.list({ tenant: 'acme', status: 'visible', limit: 2 });
    const rest = await aws.documents.list({ tenant: 'acme', status: 'visible', limit: 100, cursor: first.cursor });
    const foreign = await aws.documents.list({ tenant: 'other', limit: 100 });
    const paths = [...first.documents, ...rest.documents].map(({ path }) => path);
    expect(first.documents).toHaveLength(2);
    expect(paths).toEqual(expect.arrayContaining(['list-1.md', 'list-2.md', 'list-3.md']));
    expect(new Set(paths).size).toBe(paths.length);
    expect(foreign.documents).toEqual([]);
    await expect(aws.documents.list({ tenant: 'acme', limit: 2, cursor: 'none' })).rejects.toThrow('cursor');
    await expect(
      aws.documents.list({ tenant: 'acme', status: 'deleted', limit: 2, cursor: first.cursor }),
    ).rejects.toThrow('cursor');
  });

  it('hears of throttling and goes on at another pace', async () => {
    aws.bedrock.limitRequests(10);
    const lines = Array.from({ length: 30 }, (_, n) => paragraph(`throttled ${n}`));
    const job = await ingest(await upload('throttled.md', lines.join('\n'), 20));
    aws.bedrock.limitRequests(undefined);
    const pace = await aws.paceStore.read();
    expect(job.embedded!.embedded).toBeGreaterThanOrEqual(15);
    expect(pace!.state.epoch).toBeGreaterThan(0);
  });

  it('writes a long stream in parts and reads it from any byte', async () => {
    const piece = 'x'.repeat(1024 * 1024);
    async function* pieces() {
      for (let n = 0; n < 20; n += 1) yield piece;
      yield 'the end';
    }
    await aws.work.putStream('work/long', pieces());
    const read: Buffer[] = [];
    for await (const part of await aws.work.stream('work/long', 20 * piece.length)) read.push(Buffer.from(part));
    expect(Buffer.concat(read).toString()).toBe('the end');
    expect(await aws.work.get('work/none')).toBeUndefined();
  });
});
