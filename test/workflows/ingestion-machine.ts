import path from 'node:path';
import { readDefinition } from '../../lib/constructs/workflow-definition';
import { type RunResult, runMachine } from '../support/run-machine';
import { executionId } from './orders-machine';
import type { Answers } from './workflow-cases';

/** The folder of the ingestion workflows. */
export const ingestionFolder = path.resolve(__dirname, '../../statemachines/ingestion');

/** The definition of the machine for single documents, placeholders and all. */
export const documentMachine = readDefinition(path.join(ingestionFolder, 'ingest-document.asl.json'));

/** The definition of the machine for bulk loads, placeholders and all. */
export const loadMachine = readDefinition(path.join(ingestionFolder, 'load-documents.asl.json'));

/** The stages, in their order. */
export const STAGES = [
  'FetchDocuments',
  'ParseDocuments',
  'ChunkDocuments',
  'EmbedDocuments',
  'UpsertDocuments',
  'ValidateDocuments',
];

/** An execution's input, as start-ingestion makes it. */
export const job = {
  tenant: 'acme',
  path: 'guide/start.md',
  source: { bucket: 'documents', key: 'documents/acme/guide/start.md', versionId: 'v-1' },
  sizeBytes: 12_345,
  sequence: '1763719200000-',
  contentHash: 'hash-1',
  run: 'run-1',
  correlationId: 'c-1',
};

const MADE: Readonly<Record<string, object>> = {
  FetchDocuments: { fetched: { object: job.source } },
  ParseDocuments: { parsed: { key: 'work/run-1/blocks.jsonl', format: 'markdown', blockCount: 40 } },
  ChunkDocuments: { chunked: { key: 'work/run-1/chunks.jsonl', chunkCount: 12 } },
  EmbedDocuments: { embedded: { key: 'work/run-1/vectors', reused: 9, embedded: 3 } },
  UpsertDocuments: { upserted: { versionKey: 'v1', vectorCount: 12 } },
};

/** What a stage answers when all is well: the documents, each with what the stage made. */
export function stageAnswer(stage: string, documents: readonly object[]): { documents: object[] } {
  return { documents: documents.map((document) => ({ ...document, ...MADE[stage] })) };
}

interface Payload {
  readonly documents: readonly object[];
  readonly error?: { readonly Error: string; readonly Cause: string };
}

/** What a step's function answers when all is well with it. */
function answerOf(stateName: string, payload: Payload | undefined): unknown {
  if (!payload) return {};
  if (!payload.error) return { Payload: stageAnswer(stateName, payload.documents) };
  const reason = payload.error.Cause && JSON.parse(payload.error.Cause).errorMessage;
  const outcome = { status: 'quarantined', reason, error: payload.error.Error };
  return { Payload: { documents: payload.documents.map((document) => ({ ...document, outcome })) } };
}

/** Runs the machine for single documents on simulated time. An answer `{result: 'EMBEDDED'}` is the step's own. */
export function runDocument(answers: Answers, run: { seed?: number } = {}): Promise<RunResult> {
  return runMachine(documentMachine, {
    input: job,
    seed: run.seed,
    contextOverrides: { Execution: { Id: executionId, Input: job } },
    tasks: ({ stateName, attempt, parameters }) => {
      const given = answers[stateName] ?? [];
      const answer = given[Math.min(attempt, given.length - 1)];
      if (answer && !('result' in answer)) return answer;
      return { result: answerOf(stateName, parameters.Payload) };
    },
  });
}
