import { printable } from '../printable';
import type { BrokenDocument, Findings, HiddenVectors, Orphans } from './find-ghosts';
import type { Repair } from './repair-ghosts';

/** Lines of each kind that are printed; all of them are in the JSON. */
const SHOWN = 50;

const WHY: Readonly<Record<Orphans['why'], string>> = {
  'no row': 'the table has no row of the document',
  'unknown version': 'the row of the document does not know the version',
  'beyond the version': 'the version has fewer passages',
  'foreign key': 'their key is none of ingestion',
};

/** What was found, as text. */
export function renderFindings({ vectors, documents, orphans, broken, late, garbage }: Findings): string {
  const orphanVectors = orphans.reduce((sum, { keys }) => sum + keys.length, 0);
  return [
    `Looked at ${counted(vectors, 'vector')} and ${counted(documents, 'row')}.`,
    orphans.length === 0
      ? 'Every vector belongs to a version that its row knows.'
      : `${counted(orphanVectors, 'vector')} that no row knows of:`,
    ...shown(orphans.map(orphanLine)),
    broken.length === 0
      ? 'Every visible version has all its vectors.'
      : `${counted(broken.length, 'document')} whose visible version lacks vectors:`,
    ...shown(broken.map(brokenLine)),
    ...informed('on their way for more than 7 days; the sweeper gives them up', late),
    ...informed('that the sweeper has still to delete', garbage),
  ].join('\n');
}

/** What was repaired, as text. `open`: documents whose new version has not come yet. */
export function renderRepair(
  { deletedVectors, keptVectors, ingested, deleted }: Repair,
  open: readonly BrokenDocument[],
): string {
  return [
    `Deleted ${counted(deletedVectors, 'vector')}.`,
    ...(keptVectors > 0 ? [`Kept ${counted(keptVectors, 'vector')} that a row knows of by now.`] : []),
    `Handed over ${counted(ingested.length, 'document')} to be ingested again, ${counted(deleted.length, 'document')} to be deleted because the object is gone.`,
    ...(open.length > 0 ? [`Not repaired yet; look into the review queue, and reconcile again later:`] : []),
    ...shown(open.map(brokenLine)),
  ].join('\n');
}

/** What was found and done, as plain values for JSON. */
export function asJson(findings: Findings, repair?: Repair, open: readonly BrokenDocument[] = []): object {
  const plain = ({ row, missing }: BrokenDocument) => ({
    documentId: row.documentId,
    documentKey: row.documentKey,
    versionKey: row.visible.versionKey,
    chunkCount: row.visible.chunkCount,
    missing,
  });
  const { vectors, documents, orphans, broken, late, garbage } = findings;
  return {
    vectors,
    documents,
    orphans: orphans.map(({ version, why, keys, tenant, path }) => ({ ...version, why, tenant, path, keys })),
    broken: broken.map(plain),
    late,
    garbage,
    ...(repair && {
      repair: {
        deletedVectors: repair.deletedVectors,
        keptVectors: repair.keptVectors,
        ingested: repair.ingested.map(plain),
        deleted: repair.deleted.map(plain),
        open: open.map(plain),
      },
    }),
  };
}

function orphanLine({ version, why, keys, tenant, path }: Orphans): string {
  const whose = tenant === undefined ? 'of nobody' : `of ${printable(tenant)}/${printable(path ?? '')}`;
  const what = version ? `version ${version.versionKey} ${whose}` : `${printable(keys[0])} ${whose}`;
  return `  ${what}: ${counted(keys.length, 'vector')}; ${WHY[why]}`;
}

function brokenLine({ row, missing }: BrokenDocument): string {
  return `  ${printable(row.documentId)}: ${missing} of ${counted(row.visible.chunkCount, 'vector')} missing`;
}

function informed(what: string, hidden: readonly HiddenVectors[]): string[] {
  if (hidden.length === 0) return [];
  const lines = hidden.map(({ tenant, path, chunkCount, since }) => {
    return `  ${printable(tenant)}/${printable(path)}: ${counted(chunkCount, 'vector')}, since ${new Date(since).toISOString()}`;
  });
  return [`${counted(hidden.length, 'version')} ${what}:`, ...shown(lines)];
}

function shown(lines: readonly string[]): string[] {
  const more = lines.length - SHOWN;
  return more > 0 ? [...lines.slice(0, SHOWN), `  and ${more} more; --json has them all`] : [...lines];
}

function counted(count: number, thing: string): string {
  return `${count.toLocaleString('en-US')} ${thing}${count === 1 ? '' : 's'}`;
}
