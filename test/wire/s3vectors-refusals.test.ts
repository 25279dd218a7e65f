import {
  CreateIndexCommand,
  type CreateIndexCommandInput,
  CreateVectorBucketCommand,
  GetIndexCommand,
  GetVectorsCommand,
  ListIndexesCommand,
  ListVectorsCommand,
  PutVectorsCommand,
  QueryVectorsCommand,
  S3VectorsClient,
} from '@aws-sdk/client-s3vectors';
import { SeededRandom } from '../../local/kernel/random';
import { SimulatedClock } from '../../local/kernel/simulated-clock';
import { createS3VectorsService } from '../../local/services/s3vectors/router';
import { type RunningGateway, startGateway } from '../support/embedded';

const NAMES = { vectorBucketName: 'library', indexName: 'films' };
const ARN = 'arn:aws:s3vectors:us-east-1:000000000000:bucket/library/index/films';
const NEW_INDEX: CreateIndexCommandInput = { ...NAMES, dataType: 'float32', dimension: 4, distanceMetric: 'cosine' };

let clock: SimulatedClock;
let running: RunningGateway;
let s3vectors: S3VectorsClient;
beforeEach(async () => {
  clock = new SimulatedClock();
  running = await startGateway((host) => [createS3VectorsService(host, { hasWriteRates: true })], {
    kernel: { clock, random: new SeededRandom('refusals') },
  });
  s3vectors = new S3VectorsClient(running.client);
  await s3vectors.send(new CreateVectorBucketCommand({ vectorBucketName: 'library' }));
  const metadataConfiguration = { nonFilterableMetadataKeys: ['text'] };
  await s3vectors.send(new CreateIndexCommand({ ...NEW_INDEX, metadataConfiguration }));
});
afterEach(async () => {
  s3vectors.destroy();
  await running.close();
});

const put = (vectors: object[]) => s3vectors.send(new PutVectorsCommand({ ...NAMES, vectors: vectors as never }));
const vector = (float32: number[] = [1, 1, 1, 1], metadata?: object) => ({ key: 'k', data: { float32 }, metadata });
const query = (float32: number[], filter?: object, topK = 3) =>
  s3vectors.send(new QueryVectorsCommand({ ...NAMES, topK, queryVector: { float32 }, filter: filter as never }));

it.each<[string, object, string]>([
  ['another length', vector([1]), 'vector must have length 4, but has length 1'],
  ['NaN', vector([Number.NaN, 1, 1, 1]), 'vector contains NaNs or Infs'],
  ['what is infinite in 32 bits', vector([1e39, 1, 1, 1]), 'vector contains NaNs or Infs'],
  ['zero', vector([0, 0, 0, 0]), 'cosine distance does not support vectors with zero norm'],
  ['what is zero in 32 bits', vector([1e-46, 0, 0, 0]), 'cosine distance does not support vectors with zero norm'],
])('rejects a vector with %s', async (_, given, problem) => {
  await expect(put([{ ...vector(), key: 'fine' }, given])).rejects.toMatchObject({
    name: 'ValidationException',
    message: `Invalid record for key 'k': ${problem}`,
    fieldList: [{ path: 'vectors[1]', message: problem }],
  });
  expect((await s3vectors.send(new ListVectorsCommand(NAMES))).vectors).toEqual([]);
});

const manyKeys = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, 1]));

it.each<[string, object, string | undefined]>([
  ['a nested object', { a: { b: 1 } }, 'Metadata values must be strings, numbers, booleans, or arrays'],
  ['null', { a: null }, 'Metadata values must be strings, numbers, booleans, or arrays'],
  ['an empty list', { a: [] }, 'Empty arrays are not allowed in metadata'],
  ['a list of two types', { a: ['x', 1] }, 'Metadata array values must be strings or numbers'],
  ['51 keys', manyKeys(51), 'Metadata object must have at most 50 keys'],
  ['50 keys', manyKeys(50), undefined],
  ['2,049 filterable bytes', { f: 'x'.repeat(2036) }, 'Filterable metadata must have at most 2048 bytes'],
  ['2,048 filterable bytes', { f: 'x'.repeat(2035), text: 'long'.repeat(100) }, undefined],
  ['40,961 bytes', { text: 'x'.repeat(40_945) }, 'Metadata object must have at most 40960 bytes'],
  ['40,960 bytes', { text: 'x'.repeat(40_944) }, undefined],
])('judges metadata with %s', async (_, metadata, problem) => {
  const answer = put([vector(undefined, metadata)]);
  if (problem === undefined) await expect(answer).resolves.toBeDefined();
  else await expect(answer).rejects.toThrow(`Invalid record for key 'k': ${problem}`);
});

it.each<[string, object]>([
  ['nothing', {}],
  ['two fields at once', { a: 1, b: 2 }],
  ['an unknown operator', { a: { $eg: 1 } }],
  ['an operator without a field', { $eq: 1 }],
  ['an empty list', { a: { $in: [] } }],
  ['an empty $and', { $and: [] }],
  ['a range of texts', { a: { $gt: '1' } }],
  ['null', { a: null }],
  ['$exists with a text', { a: { $exists: 'true' } }],
  ['a filter inside a field', { a: { $and: [{ a: 1 }] } }],
])('rejects a filter with %s', async (_, filter) => {
  await expect(query([1, 1, 1, 1], filter)).rejects.toMatchObject({
    name: 'ValidationException',
    message: 'Invalid filter',
    fieldList: [{ path: 'filter', message: 'Invalid filter' }],
  });
});

it('rejects a filter by a key that cannot be filtered by', async () => {
  await expect(query([1, 1, 1, 1], { $or: [{ text: 'a' }] })).rejects.toThrow(
    'Invalid use of non-filterable metadata in filter',
  );
});

it.each<[string, number[], string]>([
  ['of another length', [1], 'vector must have length 4, but has length 1'],
  ['without a direction', [0, 0, 0, 0], 'cosine distance does not support vectors with zero norm'],
])('rejects a query %s', async (_, given, detail) => {
  await expect(query(given)).rejects.toMatchObject({
    message: 'Query vector contains invalid values or is invalid for this index',
    fieldList: [{ path: 'vector', message: `Invalid input: ${detail}` }],
  });
});

it.each<[string, Partial<CreateIndexCommandInput>, string]>([
  [
    'data type',
    { dataType: 'int' as never },
    `'/dataType' failed to satisfy constraint: Member must satisfy enum value set: [float32]`,
  ],
  [
    'dimension',
    { dimension: 4097 },
    `'/dimension' failed to satisfy constraint: Member must be between 1 and 4096, inclusive`,
  ],
  [
    'metric',
    { distanceMetric: 'dot' as never },
    `'/distanceMetric' failed to satisfy constraint: Member must satisfy enum value set: [euclidean, cosine]`,
  ],
  [
    'number of keys',
    { metadataConfiguration: { nonFilterableMetadataKeys: Object.keys(manyKeys(11)) } },
    'Member must have length between 1 and 10, inclusive',
  ],
  [
    'encryption',
    { encryptionConfiguration: { sseType: 'aws:kms' } },
    'kmsKeyArn must be specified when sseType is set to aws:kms',
  ],
  ['name', { indexName: 'Films' }, 'Invalid index name'],
])('rejects an index with a wrong %s', async (_, wrong, message) => {
  await expect(
    s3vectors.send(new CreateIndexCommand({ ...NEW_INDEX, indexName: 'other', ...wrong })),
  ).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining(message),
    $metadata: expect.objectContaining({ httpStatusCode: 400 }),
  });
});

it('rejects what is there already, and what is not there', async () => {
  const status = (httpStatusCode: number) => expect.objectContaining({ httpStatusCode });
  await expect(s3vectors.send(new CreateVectorBucketCommand({ vectorBucketName: 'library' }))).rejects.toMatchObject({
    name: 'ConflictException',
    message: 'A vector bucket with the specified name already exists',
    $metadata: status(409),
  });
  await expect(s3vectors.send(new CreateIndexCommand(NEW_INDEX))).rejects.toThrow(
    'An index with the specified name already exists',
  );
  await expect(s3vectors.send(new ListIndexesCommand({ vectorBucketName: 'none' }))).rejects.toMatchObject({
    name: 'NotFoundException',
    message: 'The specified vector bucket could not be found',
    $metadata: status(404),
  });
  const inNoBucket = new GetVectorsCommand({ ...NAMES, vectorBucketName: 'none', keys: ['k'] });
  await expect(s3vectors.send(inNoBucket)).rejects.toThrow('The specified index could not be found');
});

it('rejects names beside an ARN, and neither', async () => {
  const either = 'Must specify either indexArn or both vectorBucketName and indexName';
  await expect(s3vectors.send(new GetIndexCommand({ ...NAMES, indexArn: ARN }))).rejects.toThrow(either);
  await expect(s3vectors.send(new GetIndexCommand({ indexName: 'films' }))).rejects.toThrow(either);
  await expect(s3vectors.send(new ListIndexesCommand({}))).rejects.toThrow(
    'Must specify either vectorBucketName or vectorBucketArn but not both',
  );
});

it.each<[string, () => Promise<unknown>, string]>([
  ['501 vectors', () => put(Array.from({ length: 501 }, () => vector())), "Value with length 501 at '/vectors'"],
  [
    '101 keys',
    () => s3vectors.send(new GetVectorsCommand({ ...NAMES, keys: Array(101).fill('k') })),
    'between 1 and 100',
  ],
  ['a key of 1,025 characters', () => put([{ ...vector(), key: 'k'.repeat(1025) }]), 'between 1 and 1024'],
  ['10,001 results', () => query([1, 1, 1, 1], undefined, 10_001), 'Member must be between 1 and 10000, inclusive'],
  [
    '1,001 vectors of a list',
    () => s3vectors.send(new ListVectorsCommand({ ...NAMES, maxResults: 1001 })),
    'between 1 and 1000',
  ],
  [
    'a token that it never gave',
    () => s3vectors.send(new ListVectorsCommand({ ...NAMES, nextToken: 'x' })),
    'Invalid nextToken',
  ],
])('rejects %s', async (_, send, message) => {
  await expect(send()).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining(message),
  });
});

it('rejects writes that come too fast, when that is asked for, and takes them again later', async () => {
  const batch = Array.from({ length: 500 }, (_, i) => ({ ...vector(), key: `v${i}` }));
  for (let i = 0; i < 5; i++) await put(batch);
  await expect(put(batch)).rejects.toMatchObject({
    name: 'TooManyRequestsException',
    $metadata: { httpStatusCode: 429 },
  });
  await clock.turn(200);
  await put(batch);
});
