import type { Invocation } from '../../shared/invocation';
import type { Observability } from '../../shared/observability/observe';
import { SIGNALS } from '../../shared/observability/workflow-signals';
import { changeDocument } from './change-document';
import { quarantine } from './document-changes';
import { type DeleteProps, rollBack } from './hidden-vectors';
import { documentKeyOf } from './identity';
import type { Job, StageBatch } from './job';
import { versionOf } from './job-version';
import { jsonLine } from './json-lines';
import type { WorkStore } from './object-store';
import { timeToStop } from './time-to-stop';
import { loadIdOf, workKeys } from './work-keys';

/** What became of one document of a bulk load; a line of a results file. */
export interface DocumentResult {
  readonly run: string;
  readonly status: 'visible' | 'quarantined' | 'superseded' | 'unfinished' | 'failed';
  readonly reason?: string;
  readonly chunks: number;
  readonly reused: number;
  readonly embedded: number;
}

/** What settling a batch works with. */
export interface SettleProps extends DeleteProps, Pick<Observability, 'meter'> {
  readonly work: Pick<WorkStore, 'put'>;
}

/** A stage's handler. */
type Handle = (payload: unknown, invocation: Pick<Invocation, 'getRemainingTimeInMillis'>) => Promise<StageBatch>;

/**
 * The last stage of a batch: after it, quarantined documents have their reason in their rows, superseded ones have no
 * vectors, and the results of the load have a line for each document. A single document has states for that.
 */
export function settleBatch(props: SettleProps, validate: Handle): Handle {
  return async (payload, invocation) => {
    const answer = await validate(payload, invocation);
    const loadId = loadIdOf(answer.documents[0]?.run ?? '');
    if ((payload as { isSingle?: boolean }).isSingle || loadId === undefined) return answer;
    for (const job of answer.documents) await settle(props, job, timeToStop(props.clock, invocation));
    const lines = answer.documents.map((job) => jsonLine(resultOf(job))).join('');
    await props.work.put(`${workKeys.results(loadId)}${answer.documents[0]!.run}.jsonl`, lines);
    return answer;
  };
}

async function settle(props: SettleProps, job: Job, until: number): Promise<void> {
  if (job.outcome?.status === 'quarantined') {
    const { reason } = job.outcome;
    const documentKey = documentKeyOf(job.tenant, job.path);
    const { before, after } = await changeDocument(props, documentKey, (row, now) =>
      quarantine(row, versionOf(job), reason, now),
    );
    if (before !== after && before?.refusedSequence !== job.sequence) props.meter.count(SIGNALS.good);
  }
  if (job.outcome?.status === 'superseded') await rollBack(props, versionOf(job), until);
}

function resultOf({ run, outcome, chunked, embedded }: Job): DocumentResult {
  return {
    run,
    status: outcome?.status ?? 'visible',
    reason: outcome?.reason,
    chunks: chunked?.chunkCount ?? 0,
    reused: embedded?.reused ?? 0,
    embedded: embedded?.embedded ?? 0,
  };
}
