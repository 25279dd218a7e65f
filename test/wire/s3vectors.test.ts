import {
  CreateIndexCommand,
  CreateVectorBucketCommand,
  DeleteIndexCommand,
  DeleteVectorBucketCommand,
  DeleteVectorBucketPolicyCommand,
  DeleteVectorsCommand,
  GetIndexCommand,
  GetVectorBucketCommand,
  GetVectorBucketPolicyCommand,
  GetVectorsCommand,
  ListIndexesCommand,
  ListTagsForResourceCommand,
  ListVectorBucketsCommand,
  ListVectorsCommand,
  type ListVectorsCommandOutput,
  PutVectorBucketPolicyCommand,
  PutVectorsCommand,
  QueryVectorsCommand,
  type QueryVectorsCommandInput,
  S3VectorsClient,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-s3vectors';
import { SeededRandom } from '../../local/kernel/random';
import { SimulatedClock } from '../../local/kernel/simulated-clock';
import { createS3VectorsService } from '../../local/services/s3vectors/router';
import { type RunningGateway, startGateway } from '../support/embedded';

const BUCKET_ARN = 'arn:aws:s3vectors:us-east-1:000000000000:bucket/library';
const INDEX_ARN = `${BUCKET_ARN}/index/films`;
const IN_FILMS = { vectorBucketName: 'library', indexName: 'films' };

let running: RunningGateway;
let s3vectors: S3VectorsClient;
beforeEach(async () => {
  const clock = new SimulatedClock(Date.parse('2026-01-01T00:00:00Z'));
  running = await startGateway((host) => [createS3VectorsService(host)], {
    kernel: { clock, random: new SeededRandom('vectors') },
  });
  s3vectors = new S3VectorsClient(running.client);
  await s3vectors.send(new CreateVectorBucketCommand({ vectorBucketName: 'library' }));
});
afterEach(async () => {
  s3vectors.destroy();
  await running.close();
});

const createFilms = (distanceMetric: 'cosine' | 'euclidean' = 'cosine') =>
  s3vectors.send(
    new CreateIndexCommand({
      ...IN_FILMS,
      dataType: 'float32',
      dimension: 3,
      distanceMetric,
      metadataConfiguration: { nonFilterableMetadataKeys: ['text'] },
    }),
  );
const put = (vectors: [key: string, float32: number[], metadata?: Record<string, any>][]) =>
  s3vectors.send(
    new PutVectorsCommand({
      ...IN_FILMS,
      vectors: vectors.map(([key, float32, metadata]) => ({ key, data: { float32 }, metadata })),
    }),
  );
const query = (float32: number[], more: Partial<QueryVectorsCommandInput> = {}) =>
  s3vectors.send(new QueryVectorsCommand({ ...IN_FILMS, topK: 10, queryVector: { float32 }, ...more }));
const keys = (vectors: { key: string | undefined }[] | undefined) => vectors?.map(({ key }) => key);

it('makes, describes, lists and deletes buckets and indexes through the unmodified SDK', async () => {
  expect((await createFilms()).indexArn).toBe(INDEX_ARN);
  const { vectorBucket } = await s3vectors.send(new GetVectorBucketCommand({ vectorBucketArn: BUCKET_ARN }));
  expect(vectorBucket).toEqual({
    vectorBucketName: 'library',
    vectorBucketArn: BUCKET_ARN,
    creationTime: new Date('2026-01-01T00:00:00Z'),
    encryptionConfiguration: { sseType: 'AES256' },
  });
  const { index } = await s3vectors.send(new GetIndexCommand({ indexArn: INDEX_ARN }));
  expect(index).toEqual({
    ...IN_FILMS,
    indexArn: INDEX_ARN,
    creationTime: new Date('2026-01-01T00:00:00Z'),
    dataType: 'float32',
    dimension: 3,
    distanceMetric: 'cosine',
    metadataConfiguration: { nonFilterableMetadataKeys: ['text'] },
    encryptionConfiguration: { sseType: 'AES256' },
  });
  await expect(s3vectors.send(new DeleteVectorBucketCommand({ vectorBucketName: 'library' }))).rejects.toMatchObject({
    name: 'ConflictException',
    message: 'The specified vector bucket is not empty',
  });
  await s3vectors.send(new DeleteIndexCommand(IN_FILMS));
  await s3vectors.send(new DeleteVectorBucketCommand({ vectorBucketName: 'library' }));
  expect((await s3vectors.send(new ListVectorBucketsCommand({}))).vectorBuckets).toEqual([]);
});

it('lists buckets and indexes by name, a page at a time', async () => {
  for (const vectorBucketName of ['b-2', 'b-1'])
    await s3vectors.send(new CreateVectorBucketCommand({ vectorBucketName }));
  const first = await s3vectors.send(new ListVectorBucketsCommand({ maxResults: 2 }));
  expect(first.vectorBuckets!.map((bucket) => bucket.vectorBucketName)).toEqual(['b-1', 'b-2']);
  const second = await s3vectors.send(new ListVectorBucketsCommand({ maxResults: 2, nextToken: first.nextToken }));
  expect(second.vectorBuckets!.map((bucket) => bucket.vectorBucketName)).toEqual(['library']);
  expect(second.nextToken).toBeUndefined();
  await createFilms();
  const { indexes } = await s3vectors.send(new ListIndexesCommand({ vectorBucketName: 'library', prefix: 'fi' }));
  expect(indexes).toEqual([{ ...IN_FILMS, indexArn: INDEX_ARN, creationTime: new Date('2026-01-01T00:00:00Z') }]);
});

it('keeps vectors in 32 bits, replaces them whole, and leaves out keys that are not there', async () => {
  await createFilms();
  await put([['alien', [0.1, 0.2, 0.3], { genre: 'scifi', year: 1979 }]]);
  await put([['alien', [0.4, 0.5, 0.6], { rated: true }]]);
  const { vectors } = await s3vectors.send(
    new GetVectorsCommand({ indexArn: INDEX_ARN, keys: ['alien', 'none'], returnData: true, returnMetadata: true }),
  );
  const float32 = [0.4, 0.5, 0.6].map(Math.fround);
  expect(vectors).toEqual([{ key: 'alien', data: { float32 }, metadata: { rated: true } }]);
  await s3vectors.send(new DeleteVectorsCommand({ ...IN_FILMS, keys: ['alien', 'none'] }));
  expect((await s3vectors.send(new GetVectorsCommand({ ...IN_FILMS, keys: ['alien'] }))).vectors).toEqual([]);
});

it('finds the nearest vectors by cosine distance', async () => {
  await createFilms();
  await put([
    ['same', [1, 1, 1]],
    ['opposite', [-1, -1, -1]],
    ['near', [1, 1, 2], { genre: 'drama' }],
  ]);
  const { vectors, distanceMetric, nextToken } = await query([2, 2, 2], { returnDistance: true, returnMetadata: true });
  expect(distanceMetric).toBe('cosine');
  expect(nextToken).toBeUndefined();
  expect(vectors).toEqual([
    { key: 'same', distance: expect.closeTo(0, 6), metadata: {} },
    { key: 'near', distance: expect.closeTo(0.05719, 5), metadata: { genre: 'drama' } },
    { key: 'opposite', distance: expect.closeTo(2, 6), metadata: {} },
  ]);
  expect((await query([1, 1, 1], { topK: 1 })).vectors).toEqual([{ key: 'same' }]);
});

it('measures euclidean distance as its square', async () => {
  await createFilms('euclidean');
  await put([
    ['far', [2, 2, 2]],
    ['near', [1, 1, 2]],
    ['zero', [0, 0, 0]],
  ]);
  const { vectors } = await query([1, 1, 1], { returnDistance: true });
  expect(vectors).toEqual([
    { key: 'near', distance: 1 },
    { key: 'far', distance: 3 },
    { key: 'zero', distance: 3 },
  ]);
});

it('looks only at vectors that the filter admits', async () => {
  await createFilms();
  await put([
    ['alien', [1, 0, 0], { genre: ['scifi', 'horror'], year: 1979, 'loc.page': 2 }],
    ['arrival', [1, 0.1, 0], { genre: ['scifi', 'drama'], year: 2016 }],
    ['heat', [1, 0.2, 0], { genre: 'crime', year: 1995, seen: true }],
  ]);
  const found = async (filter: any) => keys((await query([1, 0, 0], { filter })).vectors);
  expect(await found({ genre: 'scifi' })).toEqual(['alien', 'arrival']);
  expect(await found({ year: { $gte: 1979, $lt: 2000 } })).toEqual(['alien', 'heat']);
  expect(await found({ $and: [{ genre: 'scifi' }, { year: { $gt: 2000 } }] })).toEqual(['arrival']);
  expect(await found({ $or: [{ seen: { $exists: true } }, { 'loc.page': 2 }] })).toEqual(['alien', 'heat']);
  expect(await found({ seen: 'true' })).toEqual([]);
});

it('gives many results page by page', async () => {
  await createFilms('euclidean');
  await put(Array.from({ length: 250 }, (_, i) => [`v${i}`, [i, 0, 0]]));
  const pages: (string | undefined)[][] = [];
  let nextToken: string | undefined;
  do {
    const page = await query([0, 0, 0], { topK: 230, nextToken });
    pages.push(keys(page.vectors)!);
    nextToken = page.nextToken;
  } while (nextToken);
  expect(pages.map((page) => page.length)).toEqual([100, 100, 30]);
  expect(pages.flat()).toEqual(Array.from({ length: 230 }, (_, i) => `v${i}`));
});

it('lists each vector once, by pages and by segments, while others come and go', async () => {
  await createFilms();
  const all = Array.from({ length: 25 }, (_, i) => `v${i}`);
  await put(all.map((key) => [key, [1, 1, 1], { key }]));
  const list = (input: object) => s3vectors.send(new ListVectorsCommand({ ...IN_FILMS, ...input }));
  const first = await list({ maxResults: 10 });
  await s3vectors.send(new DeleteVectorsCommand({ ...IN_FILMS, keys: ['v3', 'v24'] }));
  await put([['v5', [2, 2, 2]]]);
  const second = await list({ maxResults: 100, nextToken: first.nextToken });
  expect([...keys(first.vectors)!, ...keys(second.vectors)!]).toEqual(all.slice(0, 24));
  expect(second.nextToken).toBeUndefined();

  const segments = [0, 1, 2].map((segmentIndex) => list({ segmentCount: 3, segmentIndex }));
  const listed = (await Promise.all(segments)).map(({ vectors }) => keys(vectors)!);
  expect(listed.every((segment) => segment.length > 0)).toBe(true);
  expect(listed.flat().sort()).toEqual(all.filter((key) => key !== 'v3' && key !== 'v24').sort());
  const [whole] = (await list({ returnData: true, returnMetadata: true })).vectors!;
  expect(whole).toEqual({ key: 'v0', data: { float32: [1, 1, 1] }, metadata: { key: 'v0' } });
});

it('ends a page of a list before it holds more than a megabyte, and goes on where it ended, in each segment', async () => {
  await createFilms();
  const text = 'x'.repeat(40_000);
  const all = Array.from({ length: 60 }, (_, i) => `v${i}`);
  for (const key of all) await put([[key, [1, 1, 1], { text }]]);
  const pages = async (segment: { segmentCount: number; segmentIndex: number }) => {
    const found: string[][] = [];
    let nextToken: string | undefined;
    do {
      const page: ListVectorsCommandOutput = await s3vectors.send(
        new ListVectorsCommand({ ...IN_FILMS, ...segment, returnMetadata: true, nextToken }),
      );
      found.push(keys(page.vectors) as string[]);
      nextToken = page.nextToken;
    } while (nextToken);
    return found;
  };
  const whole = await pages({ segmentCount: 1, segmentIndex: 0 });
  expect(whole.map(({ length }) => length)).toEqual([26, 26, 8]);
  expect(whole.flat()).toEqual(all);
  const halves = [
    ...(await pages({ segmentCount: 2, segmentIndex: 0 })),
    ...(await pages({ segmentCount: 2, segmentIndex: 1 })),
  ];
  expect(Math.max(...halves.map(({ length }) => length))).toBeLessThanOrEqual(26);
  expect(halves.flat().sort()).toEqual([...all].sort());
});

it('keeps tags and a policy', async () => {
  const tagged = { resourceArn: BUCKET_ARN };
  await s3vectors.send(new TagResourceCommand({ ...tagged, tags: { team: 'search', stage: 'dev' } }));
  await s3vectors.send(new UntagResourceCommand({ ...tagged, tagKeys: ['stage', 'none'] }));
  expect((await s3vectors.send(new ListTagsForResourceCommand(tagged))).tags).toEqual({ team: 'search' });

  const read = () => s3vectors.send(new GetVectorBucketPolicyCommand({ vectorBucketName: 'library' }));
  const none = { name: 'NotFoundException', message: 'The specified vector bucket policy could not be found' };
  await expect(read()).rejects.toMatchObject(none);
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: [] });
  await s3vectors.send(new PutVectorBucketPolicyCommand({ vectorBucketName: 'library', policy }));
  expect((await read()).policy).toBe(policy);
  await s3vectors.send(new DeleteVectorBucketPolicyCommand({ vectorBucketName: 'library' }));
  await expect(read()).rejects.toMatchObject(none);
});
