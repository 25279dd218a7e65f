/**
 * What may become of a document's row. Pure functions of the row that was read; `undefined` as an answer means that
 * nothing is to be written.
 *
 * Invariants
 * 1. What is visible is only ever replaced by what is later, and disappears only by a later deletion.
 * 2. Vectors are known to the row before they are written and until they are deleted.
 * 3. What stands in `garbage` never becomes visible.
 */

import { SupersededVersion } from '../contracts/errors';
import { PIPELINE } from '../contracts/names';
import type { DocumentRow, DocumentVersion, HiddenVectors, VisibleVersion } from './document';
import { documentIdOf, documentKeyOf } from './identity';
import type { ObjectVersion } from './job';
import { compareSequences, laterOf } from './sequence';

/** How long a deletion is remembered: no execution of an earlier version lasts as long. */
export const TOMBSTONE_MS = 90 * 24 * 3_600_000;

/** The row as it was read; undefined when there is none. */
export type Row = DocumentRow | undefined;

/** What a version's row says of its content. */
export type VersionFacts = Pick<VisibleVersion, 'title' | 'hasInstructions'>;

/** Whether a version came before what the row knows: it may not become visible any more. */
export function isSuperseded(row: Row, version: Pick<DocumentVersion, 'sequence'>): boolean {
  const { sequence } = version;
  if (row?.deletedSequence !== undefined && compareSequences(sequence, row.deletedSequence) <= 0) return true;
  if (row?.latestSequence === undefined) return false;
  const order = compareSequences(sequence, row.latestSequence);
  // The same object again is worth while only if it is read in another way.
  return order < 0 || (order === 0 && row.visible !== undefined && row.visible.pipeline >= PIPELINE);
}

/** Whether readers already see this content, made in this way. */
export function isUnchanged(row: Row, contentHash: string): boolean {
  return row?.visible !== undefined && row.visible.contentHash === contentHash && row.visible.pipeline === PIPELINE;
}

/** Makes a version's vectors known before the first of them is written. Throws SupersededVersion. */
export function announce(row: Row, version: DocumentVersion, chunkCount: number, now: number): Row {
  if (row?.visible?.versionKey === version.versionKey) return undefined;
  refuseSuperseded(row, version);
  if (row?.pending.some(({ versionKey }) => versionKey === version.versionKey)) return undefined;
  const entry = { versionKey: version.versionKey, chunkCount, since: now };
  const base = row ?? emptyRow(version, now);
  return { ...base, pending: [...base.pending, entry], updatedAt: iso(now) };
}

/** Readers see this version from now on. Throws SupersededVersion. */
export function makeVisible(row: Row, version: DocumentVersion, facts: VersionFacts, now: number): Row {
  if (row?.visible?.versionKey === version.versionKey) return undefined;
  refuseSuperseded(row, version);
  const entry = row?.pending.find(({ versionKey }) => versionKey === version.versionKey);
  if (!row || !entry) throw new SupersededVersion('The vectors of this version were given up.', true);
  const { sequence, source } = version;
  const visible: VisibleVersion = {
    versionKey: version.versionKey,
    sequence,
    contentHash: version.contentHash,
    chunkCount: entry.chunkCount,
    pipeline: PIPELINE,
    indexedAt: iso(now),
    title: facts.title,
    hasInstructions: facts.hasInstructions,
    source,
  };
  return {
    ...settled(row, sequence, source, now),
    visible,
    latestSequence: sequence,
    pending: row.pending.filter((other) => other !== entry),
    garbage: row.visible ? [...row.garbage, asGarbage(row.visible, now)] : row.garbage,
  };
}

/** The same content came again: what is visible is now that of a later object. */
export function confirm(row: Row, { sequence, source }: { sequence: string; source: ObjectVersion }, now: number): Row {
  if (!row?.visible || isSuperseded(row, { sequence }) || sequence === row.latestSequence) return undefined;
  return { ...settled(row, sequence, source, now), latestSequence: sequence };
}

/** A version was refused for good. What is visible stays; a refusal that came late changes nothing. */
export function quarantine(row: Row, version: DocumentVersion, reason: string, now: number): Row {
  const { sequence, source } = version;
  if (isSuperseded(row, version)) return undefined;
  if (row?.refusedSequence !== undefined && compareSequences(sequence, row.refusedSequence) < 0) return undefined;
  const { expiration: _, ...base } = row ?? emptyRow(version, now);
  return { ...base, status: 'quarantined', reason, refusedSequence: sequence, source, updatedAt: iso(now) };
}

/** The object was deleted: readers see nothing, and no earlier version comes back. */
export function tombstone(
  row: Row,
  { tenant, path, source, sequence }: Pick<DocumentVersion, 'tenant' | 'path' | 'source' | 'sequence'>,
  now: number,
): Row {
  const known = laterOf(row?.latestSequence, row?.deletedSequence);
  if (known !== undefined && compareSequences(sequence, known) <= 0) return undefined;
  const { visible, reason: _, ...base } = row ?? emptyRow({ tenant, path }, now);
  return {
    ...base,
    status: 'deleted',
    deletedSequence: sequence,
    source,
    garbage: visible ? [...base.garbage, asGarbage(visible, now)] : base.garbage,
    updatedAt: iso(now),
    expiration: Math.ceil((now + TOMBSTONE_MS) / 1000),
  };
}

/** Gives up vectors of a version that is on its way. */
export function giveUp(row: Row, versionKey: string, now: number): Row {
  const entry = row?.pending.find((other) => other.versionKey === versionKey);
  if (!row || !entry) return undefined;
  return {
    ...row,
    pending: row.pending.filter((other) => other !== entry),
    garbage: [...row.garbage, { ...entry, since: now, mayGrow: true }],
    updatedAt: iso(now),
  };
}

/** Remembers that of a version's vectors only those before `left` have still to be deleted. */
export function leave(row: Row, versionKey: string, left: number, now: number): Row {
  if (!row?.garbage.some((entry) => entry.versionKey === versionKey && entry.chunkCount > left)) return undefined;
  const garbage = row.garbage.map((entry) =>
    entry.versionKey === versionKey ? { ...entry, chunkCount: Math.min(left, entry.chunkCount) } : entry,
  );
  return { ...row, garbage, updatedAt: iso(now) };
}

/** Forgets vectors that were deleted. */
export function forget(row: Row, versionKeys: readonly string[], now: number): Row {
  if (!row?.garbage.some(({ versionKey }) => versionKeys.includes(versionKey))) return undefined;
  return {
    ...row,
    garbage: row.garbage.filter(({ versionKey }) => !versionKeys.includes(versionKey)),
    updatedAt: iso(now),
  };
}

function refuseSuperseded(row: Row, version: DocumentVersion): void {
  if (!isSuperseded(row, version)) return;
  throw new SupersededVersion('A later version of the document is visible, or it was deleted.');
}

/** The row after a version of it came to its end in sight of readers. */
function settled(row: DocumentRow, sequence: string, source: ObjectVersion, now: number): DocumentRow {
  const { expiration: _, ...base } = row;
  const isRefusalLater = row.refusedSequence !== undefined && compareSequences(row.refusedSequence, sequence) > 0;
  if (isRefusalLater) return { ...base, updatedAt: iso(now) };
  const { reason: __, ...clean } = base;
  return { ...clean, status: 'visible', source, updatedAt: iso(now) };
}

function asGarbage({ versionKey, chunkCount }: VisibleVersion, now: number): HiddenVectors {
  return { versionKey, chunkCount, since: now };
}

function emptyRow({ tenant, path }: { tenant: string; path: string }, now: number): DocumentRow {
  return {
    documentKey: documentKeyOf(tenant, path),
    documentId: documentIdOf(tenant, path),
    tenant,
    path,
    status: 'pending',
    pending: [],
    garbage: [],
    updatedAt: iso(now),
    revision: 0,
  };
}

function iso(now: number): string {
  return new Date(now).toISOString();
}
