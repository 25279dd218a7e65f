import { type ChangeProps, changeDocument } from './change-document';
import type { DocumentVersion, HiddenVectors } from './document';
import { forget, giveUp } from './document-changes';
import { documentKeyOf, vectorKeysOf } from './identity';
import type { VectorStore } from './vector-store';

/** What deleting vectors works with. */
export interface DeleteProps extends ChangeProps {
  readonly vectors: Pick<VectorStore, 'delete'>;
}

/** Deletes the vectors of versions that the row calls garbage, and makes it forget them. */
export async function deleteGarbage(
  props: DeleteProps,
  documentKey: string,
  garbage: readonly HiddenVectors[],
): Promise<void> {
  if (garbage.length === 0) return;
  for (const { versionKey, chunkCount } of garbage) {
    await props.vectors.delete(vectorKeysOf(documentKey, versionKey, chunkCount));
  }
  const versionKeys = garbage.map(({ versionKey }) => versionKey);
  await changeDocument(props, documentKey, (row, now) => forget(row, versionKeys, now));
}

/**
 * Gives up a version that is not visible: it will never be, and its vectors are deleted. The row goes on to know of
 * them, so that the sweeper deletes again what a function wrote that was still running.
 */
export async function rollBack(props: DeleteProps, version: DocumentVersion): Promise<void> {
  const documentKey = documentKeyOf(version.tenant, version.path);
  const { after } = await changeDocument(props, documentKey, (row, now) => giveUp(row, version.versionKey, now));
  const entry = after?.garbage.find(({ versionKey }) => versionKey === version.versionKey);
  if (entry) await props.vectors.delete(vectorKeysOf(documentKey, entry.versionKey, entry.chunkCount));
}
