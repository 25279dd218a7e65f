import { requireVariable } from '../../shared/environment';
import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { listWorkKeys } from '../adapters/s3-work-list';
import { createSummarizeLoad } from '../domain/summarize-load';
import { messageQueue } from './wiring/message-queue';
import { s3Client } from './wiring/s3-client';
import { workStore } from './wiring/work-store';

const observability = powertoolsObservability();
const bucket = requireVariable('WORK_BUCKET');

/** The task SummarizeLoad. */
export const handler = observe(
  observability,
  createSummarizeLoad({
    work: { ...workStore(), list: (prefix) => listWorkKeys(s3Client, bucket, prefix) },
    queue: messageQueue('INGEST_QUEUE_URL'),
    ...observability,
  }),
);
