import { AwsError } from '../../wire/aws-error';
import { batchEntryIdsNotDistinct, emptyBatchRequest, invalidBatchEntryId, tooManyEntries } from './faults';

/** One entry of a batch request; its id tells its result from the others'. */
export interface BatchEntry {
  readonly Id: string;
}

/** Throws SQS's errors for a batch that is refused as a whole. */
export function checkBatch(entries: readonly BatchEntry[] | undefined, entryType: string): readonly any[] {
  if (!entries || entries.length === 0) throw emptyBatchRequest(entryType);
  if (entries.length > 10) throw tooManyEntries(entries.length);
  const ids = new Set<string>();
  for (const { Id } of entries) {
    if (typeof Id !== 'string' || !/^[A-Za-z0-9_-]{1,80}$/.test(Id)) throw invalidBatchEntryId();
    if (ids.has(Id)) throw batchEntryIdsNotDistinct(Id);
    ids.add(Id);
  }
  return entries;
}

/** Carries out every entry for itself: what one throws is its own failure. */
export function eachEntry<Entry extends BatchEntry, Result extends object>(
  entries: readonly Entry[],
  carryOut: (entry: Entry) => Result,
): { Successful: object[]; Failed: object[] } {
  const Successful: object[] = [];
  const Failed: object[] = [];
  for (const entry of entries) {
    try {
      Successful.push({ Id: entry.Id, ...carryOut(entry) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const Code = (error.details.queryErrorCode as string | undefined) ?? error.code;
      Failed.push({ Id: entry.Id, SenderFault: error.fault === 'client', Code, Message: error.message });
    }
  }
  return { Successful, Failed };
}
