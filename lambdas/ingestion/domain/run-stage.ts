import type { Invocation } from '../../shared/invocation';
import { errorFields } from '../../shared/observability/log';
import type { Observability } from '../../shared/observability/observe';
import { parseInput } from '../../shared/validation/parse-input';
import {
  DocumentRefused,
  EmbeddingThrottled,
  EmbeddingUnfinished,
  SupersededVersion,
  ValidationFailed,
} from '../contracts/errors';
import { stageInput } from '../contracts/stage-input';
import type { Job, JobOutcome, StageBatch } from './job';
import { jobFields } from './job-fields';

/** What a stage may know of its call. */
export interface StageCall {
  readonly isSingle: boolean;
  readonly invocation: Pick<Invocation, 'getRemainingTimeInMillis'>;
  /** How many documents of this call are still on their way. */
  readonly documentCount: number;
}

/** What a stage does to one document: answers the job with what it added. */
export type StageWork = (job: Job, call: StageCall) => Promise<Job>;

/** Documents of a batch that are worked on at once. */
const MOST_AT_ONCE = 8;

const LONGEST_REASON = 300;

/** What a document of a batch that does not go on counts for; single ones are counted where they are settled. */
const OUTCOME_METRICS: Readonly<Record<JobOutcome['status'], string>> = {
  quarantined: 'BatchDocumentQuarantined',
  superseded: 'BatchDocumentSuperseded',
  unfinished: 'BatchDocumentUnfinished',
  failed: 'BatchDocumentFailed',
};

/**
 * A stage's handler. A single document's failure is thrown by its name. In a batch it becomes the document's
 * `outcome`, and documents that have one are passed through; only when every document failed for a reason that is not
 * its own is that thrown, so that the machine tries again. Throws InvalidInput.
 */
export function createStage(work: StageWork, { log, meter }: Observability) {
  return async (payload: unknown, invocation: Pick<Invocation, 'getRemainingTimeInMillis'>): Promise<StageBatch> => {
    const { documents, isSingle = false } = parseInput(stageInput, payload);
    const open = documents.filter(({ outcome }) => !outcome);
    const call = { isSingle, invocation, documentCount: open.length };
    if (isSingle) {
      const done = await Promise.all(documents.map((job) => (job.outcome ? job : work(job, call))));
      for (const job of done) log.info('A stage is through with the document', jobFields(job));
      return { documents: done };
    }
    const unforeseen: unknown[] = [];
    const answers = await mapAtOnce(documents, MOST_AT_ONCE, async (job) => {
      if (job.outcome) return job;
      try {
        return await work(job, call);
      } catch (error) {
        const outcome = outcomeOf(error);
        if (outcome.status === 'unfinished' && !isForeseen(error)) unforeseen.push(error);
        meter.count(OUTCOME_METRICS[outcome.status]);
        log.warn('A document of a batch does not go on', { ...jobFields(job), ...errorFields(error) });
        return { ...job, outcome };
      }
    });
    if (open.length > 0 && unforeseen.length === open.length) throw unforeseen[0];
    return { documents: answers };
  };
}

/** How a failure ends a document's way through a batch. What has no name here is tried again by itself. */
export function outcomeOf(error: unknown): JobOutcome {
  const { name, message } = error instanceof Error ? error : { name: 'Unknown', message: String(error) };
  const reason = [...message].slice(0, LONGEST_REASON).join('');
  if (error instanceof DocumentRefused) return { status: 'quarantined', reason, error: name };
  if (error instanceof SupersededVersion) return { status: 'superseded', reason, error: name };
  if (error instanceof ValidationFailed) return { status: 'failed', reason, error: name };
  return { status: 'unfinished', reason, error: name };
}

function isForeseen(error: unknown): boolean {
  return error instanceof EmbeddingUnfinished || error instanceof EmbeddingThrottled;
}

/** Maps side by side, up to `most` at once; the answers are in order. */
export async function mapAtOnce<T, R>(
  items: readonly T[],
  most: number,
  map: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = new Array(items.length);
  let next = 0;
  const lane = async () => {
    while (next < items.length) {
      const index = next++;
      results[index] = await map(items[index]!, index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, lane));
  return results;
}
