import type { Clock } from '../../shared/clock';
import type { DocumentRow } from './document';
import type { Row } from './document-changes';
import type { DocumentStore } from './document-store';

/** What a change works with. */
export interface ChangeProps {
  readonly documents: Pick<DocumentStore, 'find' | 'save'>;
  readonly clock: Clock;
}

/** More losses in a row than this are no bad luck. */
const MOST_ATTEMPTS = 20;

/**
 * Reads a document's row, lets `decide` say what becomes of it, and writes that if nobody was faster; else decides
 * again. `decide` is given the row and the time in milliseconds, and answers undefined when nothing is to be written;
 * what it throws is thrown. Gives the row before and after. Throws an Error after MOST_ATTEMPTS losses.
 */
export async function changeDocument(
  { documents, clock }: ChangeProps,
  documentKey: string,
  decide: (row: Row, now: number) => Row,
): Promise<{ before: Row; after: Row }> {
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
    const before = await documents.find(documentKey);
    const changed = decide(before, clock.now());
    if (!changed) return { before, after: before };
    const after: DocumentRow = { ...changed, revision: (before?.revision ?? 0) + 1 };
    if ((await documents.save(after)) === 'saved') return { before, after };
    await clock.sleep(attempt * 10);
  }
  throw new Error(`Others kept writing the row of document ${documentKey}; it was not changed.`);
}
