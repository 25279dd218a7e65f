import { systemClock } from '../../shared/clock';
import { requireVariable } from '../../shared/environment';
import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { createSqsBatchHandler } from '../../shared/queue/sqs-batch';
import { createStartIngestion } from '../domain/start-ingestion';
import { documentStore } from './wiring/document-store';
import { ingestStarter } from './wiring/ingest-starter';
import { messageQueue } from './wiring/message-queue';
import { sourceStore } from './wiring/source-store';
import { vectorStore } from './wiring/vector-store';

const observability = powertoolsObservability();

const startIngestion = createStartIngestion({
  documentsBucket: requireVariable('DOCUMENTS_BUCKET'),
  documents: documentStore(),
  sources: sourceStore(),
  vectors: vectorStore(),
  starter: ingestStarter(),
  deadLetters: messageQueue('DEAD_LETTER_QUEUE_URL'),
  clock: systemClock,
  ...observability,
});

/** The consumer of the ingestion queue. */
export const handler = observe(observability, createSqsBatchHandler(startIngestion, observability));
