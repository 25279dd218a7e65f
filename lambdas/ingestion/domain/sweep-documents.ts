import type { Invocation } from '../../shared/invocation';
import { errorFields } from '../../shared/observability/log';
import type { Observability } from '../../shared/observability/observe';
import { changeDocument } from './change-document';
import { giveUp } from './document-changes';
import type { DocumentStore } from './document-store';
import { type DeleteProps, deleteGarbage } from './hidden-vectors';
import { timeToStop } from './time-to-stop';

/** What the sweeper works with. */
export interface SweepProps extends DeleteProps, Observability {
  readonly documents: Pick<DocumentStore, 'find' | 'save' | 'due'>;
}

/** A version that is still not visible after this long will not be: its execution has ended. */
const PENDING_MS = 7 * 24 * 3_600_000;

/** A function that was still writing has ended after this long. */
const GARBAGE_MS = 20 * 60_000;

const PAGE_SIZE = 50;

/**
 * Deletes the vectors that nobody will see: of replaced, deleted and rolled-back versions, and of those that were given
 * up on their way. One document that fails does not keep the others back; at the end the run fails, so that an alarm
 * sees it.
 */
export function createSweepDocuments(props: SweepProps) {
  const { documents, clock, log, meter } = props;
  return async (invocation: Pick<Invocation, 'getRemainingTimeInMillis'>): Promise<void> => {
    const before = clock.now() - GARBAGE_MS;
    const until = timeToStop(clock, invocation);
    let failed = 0;
    let cursor: string | undefined;
    do {
      const page = await documents.due({ before, limit: PAGE_SIZE, cursor });
      for (const documentKey of page.documentKeys) {
        if (clock.now() >= until) {
          log.warn('The sweeper ran out of time; the next run goes on');
          return;
        }
        try {
          await sweep(documentKey, before, until);
        } catch (error) {
          failed += 1;
          log.error('The document could not be swept', { documentKey, ...errorFields(error) });
        }
      }
      cursor = page.cursor;
    } while (cursor !== undefined);
    if (failed > 0) throw new Error(`${failed} documents could not be swept; the log says why for each.`);
  };

  async function sweep(documentKey: string, before: number, until: number): Promise<void> {
    const row = await documents.find(documentKey);
    const late = row?.pending.filter(({ since }) => since < clock.now() - PENDING_MS) ?? [];
    for (const { versionKey } of late) {
      await changeDocument(props, documentKey, (current, now) => giveUp(current, versionKey, now));
      meter.count('VersionGivenUp');
    }
    const garbage = row?.garbage.filter(({ since }) => since < before) ?? [];
    const outcome = await deleteGarbage(props, documentKey, garbage, until);
    if (outcome === 'done') meter.count('VersionSwept', garbage.length);
    else log.warn('The document has more vectors than there was time for; the next run goes on', { documentKey });
  }
}
