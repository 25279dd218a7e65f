import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { QueryVectorsCommand, S3VectorsClient } from '@aws-sdk/client-s3vectors';
import { SeededRandom } from '../../kernel/random';
import { collectedMemory } from './collected-memory';
import type { Figures } from './figures';
import { IngestionBench } from './ingestion-bench';
import { questionsOf } from './questions';
import { copyReadmes } from './readmes';

const FOLDER = '.local/bench-vectors';
const README_COUNT = 200;
const VECTOR_COUNT = 100_000;
const DIMENSIONS = 256;
const QUERY_COUNT = 200;
/** Queries before the measured ones. */
const WARM_UP_COUNT = 20;
/** The most that a search asks the index for. */
const TOP_K = 100;
const LIMIT_MILLISECONDS = 80;
const MEGABYTE = 2 ** 20;
/** For so long a document counts as one that may just be changing. */
const RECENT_MILLISECONDS = 61_000;
/** Vectors of one PutVectors. */
const PUT_COUNT = 500;

/** A vector as ListVectors gives it. */
interface Stored {
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Measures searches in a full index: READMEs that are found, among vectors that are not but must be looked at. */
export async function measureVectors(figures: Figures): Promise<void> {
  const bench = await IngestionBench.start(FOLDER);
  try {
    const folder = path.join(FOLDER, 'readmes');
    const readmes = copyReadmes(folder, README_COUNT);
    await bench.ingest(folder);
    const ingestedAt = performance.now();
    await fillIndex(figures, bench);
    const questions = questionsOf(readmes, QUERY_COUNT);
    const early = await bench.ask(questions, '--no-bm25');
    await measureQueries(figures, bench);
    // Until then a search asks the index twice, to see whether the document changes.
    await wait(Math.max(0, ingestedAt + RECENT_MILLISECONDS - performance.now()));
    const cpuBefore = process.cpuUsage();
    const { p95Milliseconds } = await bench.ask(questions, '--no-bm25');
    figures.atMost('95 % of GET /search over them answered in', p95Milliseconds, LIMIT_MILLISECONDS, 'ms');
    figures.show('CPU for one, without the client', cpuMilliseconds(cpuBefore) / questions.length, 'ms');
    figures.show('the same in the first minute of the documents', early.p95Milliseconds, 'ms');
  } finally {
    await bench.embedded.stop();
  }
}

/** Fills the index with vectors of random directions, and of metadata as the passages have that are there already. */
async function fillIndex(figures: Figures, bench: IngestionBench): Promise<void> {
  const { heapBytes, bufferBytes } = collectedMemory();
  const index = indexOf(bench);
  const { vectors: samples } = await bench.call('s3vectors', 'ListVectors', { ...index, returnMetadata: true });
  const random = new SeededRandom('vectors');
  const missing = VECTOR_COUNT - (await countVectors(bench));
  for (let from = 0; from < missing; from += PUT_COUNT) {
    const count = Math.min(PUT_COUNT, missing - from);
    const vectors = Array.from({ length: count }, (_, i) => fillerOf(samples, from + i, random));
    await bench.call('s3vectors', 'PutVectors', { ...index, vectors });
  }
  const after = collectedMemory();
  const what = `heap for ${missing.toLocaleString('en-US')} vectors of ${DIMENSIONS} dimensions with their metadata`;
  figures.show(what, (after.heapBytes - heapBytes) / MEGABYTE, 'MB');
  figures.show('memory for their numbers', (after.bufferBytes - bufferBytes) / MEGABYTE, 'MB');
}

function fillerOf(samples: readonly Stored[], at: number, random: SeededRandom): object {
  const float32 = Array.from({ length: DIMENSIONS }, () => random.next() - 0.5);
  // Texts of its own, as a request on the wire would bring them.
  const metadata = JSON.parse(JSON.stringify(samples[at % samples.length]!.metadata));
  return { key: `filler#${at}`, data: { float32 }, metadata: { ...metadata, versionKey: 'filler' } };
}

async function measureQueries(figures: Figures, bench: IngestionBench): Promise<void> {
  const { url: endpoint, region } = bench.embedded;
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new S3VectorsClient({ endpoint, region, credentials });
  const random = new SeededRandom('queries');
  const milliseconds: number[] = [];
  let cpuBefore = process.cpuUsage();
  for (let i = 0; i < WARM_UP_COUNT + QUERY_COUNT; i++) {
    if (i === WARM_UP_COUNT) cpuBefore = process.cpuUsage();
    const query = new QueryVectorsCommand({
      ...indexOf(bench),
      topK: TOP_K,
      queryVector: { float32: Array.from({ length: DIMENSIONS }, () => random.next() - 0.5) },
      filter: { tenant: { $eq: 'default' } },
      returnMetadata: true,
      returnDistance: true,
    });
    const begun = performance.now();
    const { vectors } = await client.send(query);
    milliseconds.push(performance.now() - begun);
    if (vectors?.length !== TOP_K) throw new Error(`a query found ${vectors?.length}: its figures mean nothing`);
  }
  const cpu = cpuMilliseconds(cpuBefore) / QUERY_COUNT;
  client.destroy();
  const measured = milliseconds.slice(WARM_UP_COUNT).sort((a, b) => a - b);
  const p95 = measured[Math.ceil(measured.length * 0.95) - 1]!;
  const what = `95 % of queries of ${VECTOR_COUNT.toLocaleString('en-US')} vectors for ${TOP_K}, by the SDK, answered in`;
  figures.atMost(what, p95, LIMIT_MILLISECONDS, 'ms');
  figures.show('CPU for one, with the client', cpu, 'ms');
}

async function countVectors(bench: IngestionBench): Promise<number> {
  let count = 0;
  let nextToken: string | undefined;
  do {
    const page = await bench.call('s3vectors', 'ListVectors', { ...indexOf(bench), nextToken });
    count += page.vectors.length;
    nextToken = page.nextToken;
  } while (nextToken);
  return count;
}

function indexOf({ outputs }: IngestionBench): object {
  return { vectorBucketName: outputs.VectorBucketName, indexName: outputs.VectorIndexName };
}

function cpuMilliseconds(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
