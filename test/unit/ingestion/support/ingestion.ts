import { createHash } from 'node:crypto';
import { DocumentRefused } from '../../../../lambdas/ingestion/contracts/errors';
import type { Block, ParsedFacts } from '../../../../lambdas/ingestion/domain/blocks';
import { chunkBlocks } from '../../../../lambdas/ingestion/domain/chunking/chunk-blocks';
import type { Embedder, EmbedderAnswer } from '../../../../lambdas/ingestion/domain/embedder';
import type { Job, StageInput } from '../../../../lambdas/ingestion/domain/job';
import { createStage, type StageWork } from '../../../../lambdas/ingestion/domain/run-stage';
import { createSearchDocuments } from '../../../../lambdas/ingestion/domain/search-documents';
import { sequenceOf } from '../../../../lambdas/ingestion/domain/sequence';
import { settleBatch } from '../../../../lambdas/ingestion/domain/settle-batch';
import { createSharedPace } from '../../../../lambdas/ingestion/domain/shared-pace';
import { createChunk } from '../../../../lambdas/ingestion/domain/stages/chunk';
import { createEmbed } from '../../../../lambdas/ingestion/domain/stages/embed';
import { createFetch } from '../../../../lambdas/ingestion/domain/stages/fetch';
import { createParse, type ParseRequest } from '../../../../lambdas/ingestion/domain/stages/parse';
import { createUpsert } from '../../../../lambdas/ingestion/domain/stages/upsert';
import { createValidate } from '../../../../lambdas/ingestion/domain/stages/validate';
import type { Clock } from '../../../../lambdas/shared/clock';
import { silentLog } from '../../../../lambdas/shared/observability/log';
import { type Meter, silentMeter } from '../../../../lambdas/shared/observability/meter';
import { FakeCache, FakeDocuments, FakeObjects, FakePaceStore, FakeVectors, vectorOf } from './fake-stores';

/** Log and meter that are silent. */
export const silent = { log: silentLog, meter: silentMeter };

/** A function that is never out of time. */
export const inTime = { getRemainingTimeInMillis: () => 900_000 };

/** A clock that stands still; nobody waits. */
export class StillClock implements Clock {
  constructor(public time = Date.UTC(2026, 0, 1)) {}

  now() {
    return this.time;
  }

  async sleep(milliseconds: number) {
    this.time += Math.max(0, milliseconds);
  }
}

/** An embedder that counts what it is asked. */
export class FakeEmbedder implements Embedder {
  readonly model = 'fake';
  readonly dimensions = 8;
  readonly asked: string[] = [];
  answer: (text: string) => EmbedderAnswer = (text) => ({ kind: 'embedded', vector: vectorOf(text) });

  async embed(text: string) {
    this.asked.push(text);
    return this.answer(text);
  }
}

/** The names of the stages, in their order. */
export const STAGES = ['fetch', 'parse', 'chunk', 'embed', 'upsert', 'validate'] as const;
export type StageName = (typeof STAGES)[number];

/** Ingestion over stores in memory; a paragraph of a document is a line. */
export function createIngestion(clock: Clock = new StillClock(), meter: Meter = silentMeter) {
  const objects = new FakeObjects();
  const documents = new FakeDocuments();
  const vectors = new FakeVectors();
  const cache = new FakeCache();
  const embedder = new FakeEmbedder();
  const pages = new Map<string, string>();
  const props = { work: objects, documents, vectors, dimensions: 8, clock, log: silentLog, meter };
  const pace = createSharedPace(new FakePaceStore(), clock);
  const fetchPage = async (address: string) => ({
    bytes: Buffer.from(pages.get(address) ?? ''),
    contentType: 'text/plain',
  });
  const works: Record<StageName, StageWork> = {
    fetch: createFetch({ sources: objects, work: objects, fetchPage }),
    parse: createParse({ sources: objects, work: objects, parser: { parse: parseLines } }),
    chunk: createChunk({ work: objects, chunkBlocks }),
    embed: createEmbed({ work: objects, embedder, cache, pace, clock }),
    upsert: createUpsert(props),
    validate: createValidate(props),
  };
  const stage = (name: StageName) => {
    const handler = createStage(works[name], props);
    return name === 'validate' ? settleBatch(props, handler) : handler;
  };

  return {
    objects,
    documents,
    vectors,
    cache,
    embedder,
    pages,
    props,
    works,
    stage,
    search: createSearchDocuments({ embedder, vectors, documents, clock }),

    /** Runs stages on documents, one after the other. */
    async run(input: StageInput, names: readonly StageName[] = STAGES): Promise<readonly Job[]> {
      let current = input.documents;
      for (const name of names) {
        current = (await stage(name)({ documents: current, isSingle: input.isSingle }, inTime)).documents;
      }
      return current;
    },

    /** Uploads a text and gives the job of its version. */
    upload(path: string, text: string, options: { order: number; tenant?: string; run?: string }): Job {
      const { order, tenant = 'acme', run = `run-${path.replace(/\W/g, '')}-v${order}` } = options;
      const source = objects.upload(`documents/${tenant}/${path}`, text);
      return {
        tenant,
        path,
        source,
        sizeBytes: Buffer.byteLength(text),
        sequence: sequenceOf(1_000_000, order.toString(16).padStart(18, '0')),
        contentHash: createHash('sha256').update(text).digest('base64url'),
        run,
      };
    },
  };
}

/** A parser for tests: a line is a paragraph, `# ` begins a heading; the text "broken" cannot be parsed. */
export async function* parseLines({ bytes }: ParseRequest): AsyncGenerator<Block, ParsedFacts> {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  const text = Buffer.concat(pieces).toString('utf8');
  if (text === 'broken') throw new DocumentRefused('It is broken.');
  for (const line of text.split('\n').filter(Boolean)) {
    if (line.startsWith('# ')) yield { kind: 'heading', level: 1, text: line.slice(2) };
    else yield { kind: 'paragraph', text: line };
  }
  return { format: 'text', replacedBytes: 0, hasInstructions: false };
}
