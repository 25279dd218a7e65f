import type { Invocation } from '../../shared/invocation';
import type { Observability } from '../../shared/observability/observe';
import { SIGNALS } from '../../shared/observability/workflow-signals';
import { parseInput } from '../../shared/validation/parse-input';
import { failureInput } from '../contracts/stage-input';
import { type ChangeProps, changeDocument } from './change-document';
import { quarantine } from './document-changes';
import { type DeleteProps, rollBack } from './hidden-vectors';
import { documentKeyOf } from './identity';
import type { JobOutcome, StageBatch } from './job';
import { jobFields } from './job-fields';
import { versionOf } from './job-version';
import { timeToStop } from './time-to-stop';

const LONGEST_REASON = 300;

/** Writes into a document's row why it was refused. What readers see stays. Throws InvalidInput. */
export function createQuarantineDocument(props: ChangeProps & Observability) {
  return async (payload: unknown): Promise<StageBatch> => {
    const { documents, error } = parseInput(failureInput, payload);
    const reason = reasonOf(error);
    for (const job of documents) {
      const documentKey = documentKeyOf(job.tenant, job.path);
      const { before, after } = await changeDocument(props, documentKey, (row, now) =>
        quarantine(row, versionOf(job), reason, now),
      );
      props.meter.count('DocumentQuarantined');
      // A refusal is an answer; one that was written before is counted already.
      if (before !== after && before?.refusedSequence !== job.sequence) props.meter.count(SIGNALS.good);
      props.log.info('The document is quarantined', { ...jobFields(job), documentKey, reason });
    }
    return settled(documents, { status: 'quarantined', reason, error: error.Error ?? 'Unknown' });
  };
}

/**
 * Deletes the vectors of a version that is not visible, and sees that it never will be. What there is no time for is left to
 * the sweeper. Throws InvalidInput.
 */
export function createRollBackVersion(props: DeleteProps & Observability) {
  return async (payload: unknown, invocation: Pick<Invocation, 'getRemainingTimeInMillis'>): Promise<StageBatch> => {
    const { documents, error } = parseInput(failureInput, payload);
    for (const job of documents) {
      await rollBack(props, versionOf(job), timeToStop(props.clock, invocation));
      props.meter.count('VersionRolledBack');
      if (error.Error !== 'SupersededVersion') props.meter.count(SIGNALS.bad);
      props.log.warn('The version is rolled back', { ...jobFields(job), errorName: error.Error });
    }
    const status = error.Error === 'SupersededVersion' ? 'superseded' : 'failed';
    return settled(documents, { status, reason: reasonOf(error), error: error.Error ?? 'Unknown' });
  };
}

function settled(documents: StageBatch['documents'], outcome: JobOutcome): StageBatch {
  return { documents: documents.map((job) => ({ ...job, outcome })) };
}

/** Lambda puts its error object as JSON into an execution's Cause. */
function reasonOf({ Error: name = 'Unknown', Cause = '' }: { Error?: string; Cause?: string }): string {
  return [...(messageIn(Cause) || name)].slice(0, LONGEST_REASON).join('');
}

function messageIn(cause: string): string {
  try {
    const { errorMessage } = JSON.parse(cause);
    return typeof errorMessage === 'string' ? errorMessage : cause;
  } catch {
    return cause;
  }
}
