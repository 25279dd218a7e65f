/**
 * Deletes vectors that readers do not see, from the last position to the first. A hundred thousand take longer than a
 * function may: it stops in time, and the row keeps what is left, with how many that are. Whoever sweeps goes on from there.
 */
import { type ChangeProps, changeDocument } from './change-document';
import type { DocumentVersion, HiddenVectors } from './document';
import { forget, giveUp, leave } from './document-changes';
import { documentKeyOf, vectorKeyOf } from './identity';
import type { VectorStore } from './vector-store';

/** What deleting vectors works with. */
export interface DeleteProps extends ChangeProps {
  readonly vectors: Pick<VectorStore, 'delete'>;
}

/** Vectors that are deleted before the time is looked at again: some requests of the index. */
const SLICE = 2_500;

/**
 * Deletes the vectors of versions that the row calls garbage, and makes it forget them. Stops at `until` (milliseconds since
 * the epoch) and answers `unfinished`; the row then has what is left. Nobody may be writing them any more.
 */
export async function deleteGarbage(
  props: DeleteProps,
  documentKey: string,
  garbage: readonly HiddenVectors[],
  until: number,
): Promise<'done' | 'unfinished'> {
  const gone: string[] = [];
  for (const entry of garbage) {
    const left = await deleteUntil(props, documentKey, entry, until);
    if (left === 0) gone.push(entry.versionKey);
    else if (left < entry.chunkCount) {
      await changeDocument(props, documentKey, (row, now) => leave(row, entry.versionKey, left, now));
    }
  }
  if (gone.length > 0) await changeDocument(props, documentKey, (row, now) => forget(row, gone, now));
  return gone.length === garbage.length ? 'done' : 'unfinished';
}

/**
 * Gives up a version that is not visible: it will never be, and its vectors are deleted until `until` comes. The row goes on
 * to know of all of them, so that the sweeper deletes again what a function wrote that was still running.
 */
export async function rollBack(props: DeleteProps, version: DocumentVersion, until: number): Promise<void> {
  const documentKey = documentKeyOf(version.tenant, version.path);
  const { after } = await changeDocument(props, documentKey, (row, now) => giveUp(row, version.versionKey, now));
  const entry = after?.garbage.find(({ versionKey }) => versionKey === version.versionKey);
  if (entry) await deleteUntil(props, documentKey, entry, until);
}

/** How many vectors are left, counted from position 0. */
async function deleteUntil(
  { vectors, clock }: DeleteProps,
  documentKey: string,
  { versionKey, chunkCount }: HiddenVectors,
  until: number,
): Promise<number> {
  let left = chunkCount;
  while (left > 0 && clock.now() < until) {
    const from = Math.max(0, left - SLICE);
    const keys = Array.from({ length: left - from }, (_, at) => vectorKeyOf(documentKey, versionKey, from + at));
    await vectors.delete(keys);
    left = from;
  }
  return left;
}
