import { chunkBlocks } from '../../../../lambdas/ingestion/domain/chunking/chunk-blocks';
import type { DocumentStore } from '../../../../lambdas/ingestion/domain/document-store';
import type { Embedder, EmbeddingCache } from '../../../../lambdas/ingestion/domain/embedder';
import type { IngestStarter } from '../../../../lambdas/ingestion/domain/ingest-starter';
import { createPlanLoad } from '../../../../lambdas/ingestion/domain/plan-load';
import { createStage, type StageWork } from '../../../../lambdas/ingestion/domain/run-stage';
import { settleBatch } from '../../../../lambdas/ingestion/domain/settle-batch';
import { createQuarantineDocument, createRollBackVersion } from '../../../../lambdas/ingestion/domain/settle-document';
import { createSharedPace, type PaceStore } from '../../../../lambdas/ingestion/domain/shared-pace';
import { createChunk } from '../../../../lambdas/ingestion/domain/stages/chunk';
import { createEmbed } from '../../../../lambdas/ingestion/domain/stages/embed';
import { createFetch } from '../../../../lambdas/ingestion/domain/stages/fetch';
import { createParse } from '../../../../lambdas/ingestion/domain/stages/parse';
import { createUpsert } from '../../../../lambdas/ingestion/domain/stages/upsert';
import { createValidate } from '../../../../lambdas/ingestion/domain/stages/validate';
import { createStartIngestion } from '../../../../lambdas/ingestion/domain/start-ingestion';
import { createSummarizeLoad } from '../../../../lambdas/ingestion/domain/summarize-load';
import { createSweepDocuments } from '../../../../lambdas/ingestion/domain/sweep-documents';
import type { VectorStore } from '../../../../lambdas/ingestion/domain/vector-store';
import type { Clock } from '../../../../lambdas/shared/clock';
import type { MessageQueue } from '../../../../lambdas/shared/queue/message-queue';
import type { FakeObjects } from './fake-stores';
import { parseLines, silent } from './ingestion';

/** What the functions of ingestion work with. */
export interface FunctionPorts {
  readonly objects: FakeObjects;
  readonly documents: Pick<DocumentStore, 'find' | 'findMany' | 'save' | 'due'>;
  readonly vectors: VectorStore;
  readonly cache: EmbeddingCache;
  readonly embedder: Embedder;
  readonly pace: PaceStore;
  readonly queue: MessageQueue;
  readonly deadLetters: MessageQueue;
  readonly starter: IngestStarter;
  readonly clock: Clock;
  readonly pages: ReadonlyMap<string, string>;
}

type Handler = (payload: any, invocation: { getRemainingTimeInMillis(): number }) => Promise<unknown>;

const propsOf = ({ objects, documents, vectors, clock }: FunctionPorts) => ({
  work: objects,
  documents,
  vectors,
  clock,
  dimensions: 8,
  documentsBucket: 'documents',
  mostDocuments: 10_000,
  ...silent,
});
const stage = (work: StageWork) => createStage(work, silent);

/** Every function of ingestion that changes something, by the name of its state or resource, wired as its handler is. */
export const FUNCTIONS: Readonly<Record<string, (ports: FunctionPorts) => Handler>> = {
  FetchDocuments: ({ objects, pages }) =>
    stage(
      createFetch({
        sources: objects,
        work: objects,
        fetchPage: async (address) => ({ bytes: Buffer.from(pages.get(address) ?? ''), contentType: 'text/plain' }),
      }),
    ),
  ParseDocuments: ({ objects }) =>
    stage(createParse({ sources: objects, work: objects, parser: { parse: parseLines } })),
  ChunkDocuments: ({ objects }) => stage(createChunk({ work: objects, chunkBlocks })),
  EmbedDocuments: ({ objects, embedder, cache, pace, clock }) =>
    stage(createEmbed({ work: objects, embedder, cache, pace: createSharedPace(pace, clock), clock })),
  UpsertDocuments: (ports) => stage(createUpsert(propsOf(ports))),
  ValidateDocuments: (ports) => settleBatch(propsOf(ports), stage(createValidate(propsOf(ports)))),
  QuarantineDocument: (ports) => createQuarantineDocument(propsOf(ports)),
  RollBackVersion: (ports) => createRollBackVersion(propsOf(ports)),
  PlanLoad: (ports) => createPlanLoad({ ...propsOf(ports), queue: ports.queue }),
  SummarizeLoad: (ports) => createSummarizeLoad({ ...propsOf(ports), work: ports.objects, queue: ports.queue }),
  StartIngestion: (ports) => {
    const { starter, deadLetters, objects: sources } = ports;
    return createStartIngestion({ ...propsOf(ports), sources, starter, deadLetters });
  },
  SweepDocuments: (ports) => {
    const sweep = createSweepDocuments(propsOf(ports) as any);
    return (_payload, invocation) => sweep(invocation);
  },
};
