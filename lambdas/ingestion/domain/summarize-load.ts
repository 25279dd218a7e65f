import type { Observability } from '../../shared/observability/observe';
import type { MessageQueue } from '../../shared/queue/message-queue';
import { parseInput } from '../../shared/validation/parse-input';
import { loadPlan } from '../contracts/intake';
import { handOver } from './hand-over';
import type { Job } from './job';
import { readJsonLines } from './json-lines';
import type { WorkStore } from './object-store';
import { mapAtOnce } from './run-stage';
import type { DocumentResult } from './settle-batch';
import { workKeys } from './work-keys';

/** What summarizing works with. */
export interface SummarizeLoadProps extends Observability {
  readonly work: Pick<WorkStore, 'get' | 'stream'> & { list(prefix: string): AsyncIterable<string> };
  readonly queue: MessageQueue;
}

/** What a load came to. Documents that were handed over are ingested one by one and counted nowhere else. */
export interface LoadSummary {
  readonly loadId: string;
  /** Lines of the manifest that are documents. */
  readonly documents: number;
  readonly visible: number;
  readonly quarantined: number;
  readonly superseded: number;
  readonly handedOver: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly chunks: number;
  readonly reused: number;
  readonly embedded: number;
  /** The first SHOWN of them. */
  readonly quarantinedDocuments: readonly { readonly path: string; readonly reason: string }[];
}

const SHOWN = 50;
const READS_AT_ONCE = 16;

/**
 * Counts what became of a load's documents by the results that the batches wrote. A document without a result, or
 * whose result is no end, is handed to the queue of single documents: whatever became of its batch, nothing is lost.
 * Throws InvalidInput.
 */
export function createSummarizeLoad({ work, queue, log, meter }: SummarizeLoadProps) {
  return async (payload: unknown): Promise<LoadSummary> => {
    const plan = parseInput(loadPlan, payload);
    const results = await resultsOf(plan.loadId);
    const counts = { visible: 0, quarantined: 0, superseded: plan.superseded, handedOver: plan.handedOver };
    const totals = { chunks: 0, reused: 0, embedded: 0 };
    const quarantinedDocuments: { path: string; reason: string }[] = [];
    for await (const { value: job } of readJsonLines<Job>(await work.stream(plan.key))) {
      const result = results.get(job.run);
      totals.chunks += result?.chunks ?? 0;
      totals.reused += result?.reused ?? 0;
      totals.embedded += result?.embedded ?? 0;
      if (!result || result.status === 'unfinished' || result.status === 'failed') {
        await handOver(queue, plan.loadId, job);
        counts.handedOver += 1;
        continue;
      }
      counts[result.status] += 1;
      if (result.status === 'quarantined' && quarantinedDocuments.length < SHOWN) {
        quarantinedDocuments.push({ path: job.path, reason: result.reason ?? 'unknown' });
      }
    }
    const { loadId, unchanged, refused } = plan;
    const documents = plan.count + plan.unchanged + plan.superseded + plan.handedOver;
    meter.count('DocumentHandedOver', counts.handedOver);
    log.info('The load has ended', { loadId, documents, ...counts, ...totals });
    return { loadId, documents, ...counts, unchanged, refused, ...totals, quarantinedDocuments };
  };

  async function resultsOf(loadId: string): Promise<Map<string, DocumentResult>> {
    const keys: string[] = [];
    for await (const key of work.list(workKeys.results(loadId))) keys.push(key);
    const results = new Map<string, DocumentResult>();
    await mapAtOnce(keys, READS_AT_ONCE, async (key) => {
      const text = (await work.get(key))?.toString('utf8') ?? '';
      for (const line of text.split('\n').filter(Boolean)) {
        const result: DocumentResult = JSON.parse(line);
        results.set(result.run, result);
      }
    });
    return results;
  }
}
