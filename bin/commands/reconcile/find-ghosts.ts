/**
 * Finds ghosts, both ways: vectors that no row knows of, and rows that call a version visible whose vectors are not all
 * there. Pure over ports; it writes nothing.
 *
 * The index is listed first and the rows are read after it, while ingestion goes on. So a difference is only a suspicion,
 * and each is looked at again in an order that proves it:
 * 1. Upsert writes its version into the row before its first vector. A row that is read after the vector was listed and does not know
 *    its version has forgotten it, and no execution works on it. A vector that is there after that read is an orphan.
 * 2. A version's vectors are deleted only once its row calls another one visible, or none. Vectors that are not there, between two reads
 *    of a row that both call the version visible, are missing.
 *
 * What is held is a bit for each vector and an entry for each version (positions.ts); versions that agree with their
 * row are dropped as soon as it is read.
 */

import type { Rows, VectorIndex } from './ports';
import { Positions } from './positions';
import { type HiddenVersion, knownCount, type Row } from './row';
import { keyOf, placeOf } from './vector-key';

/** Vectors of one version, or with keys that ingestion does not make, that no row knows of. */
export interface Orphans {
  /** Absent for foreign keys. */
  readonly version?: { readonly documentKey: string; readonly versionKey: string };
  readonly why: 'no row' | 'unknown version' | 'beyond the version' | 'foreign key';
  readonly keys: readonly string[];
  /** As the first of the vectors says. */
  readonly tenant?: string;
  readonly path?: string;
}

/** A document whose visible version lacks vectors. */
export interface BrokenDocument {
  readonly row: Row & { readonly visible: NonNullable<Row['visible']> };
  readonly missing: number;
}

/** Hidden vectors that a row knows of: no ghosts, but worth knowing. */
export interface HiddenVectors extends HiddenVersion {
  readonly documentKey: string;
  readonly tenant: string;
  readonly path: string;
}

/** What a look at the index and the table found. */
export interface Findings {
  readonly vectors: number;
  readonly documents: number;
  readonly orphans: readonly Orphans[];
  readonly broken: readonly BrokenDocument[];
  /** Versions that have been on their way for more than LATE_MS: the sweeper gives them up. */
  readonly late: readonly HiddenVectors[];
  /** Vectors that the sweeper has still to delete. */
  readonly garbage: readonly HiddenVectors[];
}

/** What finding works with. */
export interface FindProps {
  readonly index: Pick<VectorIndex, 'listKeys' | 'existing' | 'ownerOf'>;
  readonly rows: Rows;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The sweeper gives up what has been on its way for so long. */
const LATE_MS = 7 * 24 * 3_600_000;

/** Documents that are looked at again in one request. */
const GROUP = 100;

/** Keys that are asked for at once. */
const KEYS = 1_000;

interface Listed {
  readonly vectors: number;
  /** Positions by document and version: `<documentKey>#<versionKey>`. */
  readonly versions: Map<string, Positions>;
  readonly foreign: readonly string[];
}

/** Finds what is wrong; of one tenant alone when it is given. */
export async function findGhosts(props: FindProps, tenant?: string): Promise<Findings> {
  const listed = await listVectors(props.index);
  const { documents, suspects, late, garbage } = await readRows(props, listed.versions);
  const orphans = [...(await confirmOrphans(props, listed.versions)), ...(await foreignOf(props, listed.foreign))];
  const broken = await confirmBroken(props, suspects);
  const isWanted = (of: { readonly tenant?: string }) => tenant === undefined || of.tenant === tenant;
  return {
    vectors: listed.vectors,
    documents,
    orphans: orphans.filter(isWanted),
    broken: broken.filter(({ row }) => isWanted(row)),
    late: late.filter(isWanted),
    garbage: garbage.filter(isWanted),
  };
}

async function listVectors(index: FindProps['index']): Promise<Listed> {
  const versions = new Map<string, Positions>();
  const foreign: string[] = [];
  let vectors = 0;
  await index.listKeys((keys) => {
    vectors += keys.length;
    for (const key of keys) {
      const place = placeOf(key);
      if (!place) {
        foreign.push(key);
        continue;
      }
      const id = versionId(place);
      const positions = versions.get(id) ?? new Positions();
      versions.set(id, positions);
      positions.add(place.position);
    }
  });
  return { vectors, versions, foreign };
}

/** Takes out of `versions` whatever its row explains; what stays there is suspected. */
async function readRows({ rows, now }: FindProps, versions: Map<string, Positions>) {
  const suspects: string[] = [];
  const late: HiddenVectors[] = [];
  const garbage: HiddenVectors[] = [];
  let documents = 0;
  for await (const page of rows.all()) {
    documents += page.length;
    for (const row of page) {
      const { documentKey, tenant, path, visible } = row;
      const positionsOf = (versionKey: string) => versions.get(versionId({ documentKey, versionKey }));
      const isWhole =
        !visible || positionsOf(visible.versionKey)?.countBelow(visible.chunkCount) === visible.chunkCount;
      if (!isWhole) suspects.push(documentKey);
      for (const { versionKey } of [...(visible ? [visible] : []), ...row.pending, ...row.garbage]) {
        const positions = positionsOf(versionKey);
        const isExplained = positions?.countBelow(knownCount(row, versionKey)) === positions?.size;
        if (isExplained) versions.delete(versionId({ documentKey, versionKey }));
      }
      const hidden = (version: HiddenVersion) => ({ ...version, documentKey, tenant, path });
      late.push(...row.pending.filter(({ since }) => since < now() - LATE_MS).map(hidden));
      garbage.push(...row.garbage.map(hidden));
    }
  }
  return { documents, suspects, late, garbage };
}

async function confirmOrphans(
  { index, rows }: FindProps,
  versions: ReadonlyMap<string, Positions>,
): Promise<Orphans[]> {
  const confirmed: Orphans[] = [];
  for (const group of groupsOf([...versions], GROUP)) {
    const read = await rows.find([...new Set(group.map(([id]) => partsOf(id).documentKey))]);
    for (const [id, positions] of group) {
      const version = partsOf(id);
      const row = read.get(version.documentKey);
      const known = knownCount(row, version.versionKey);
      const keys: string[] = [];
      for (const asked of groupsOf([...positions.from(known)], KEYS)) {
        const there = await index.existing(asked.map((position) => keyOf({ ...version, position })));
        keys.push(...[...there].sort());
      }
      if (keys.length === 0) continue;
      const why = known > 0 ? 'beyond the version' : row ? 'unknown version' : 'no row';
      const owner = row ?? (await index.ownerOf(keys[0]!));
      confirmed.push({ version, why, keys, tenant: owner?.tenant, path: owner?.path });
    }
  }
  return confirmed;
}

async function foreignOf({ index }: FindProps, keys: readonly string[]): Promise<Orphans[]> {
  const found: Orphans[] = [];
  for (const key of keys) {
    const owner = await index.ownerOf(key);
    if (owner) found.push({ why: 'foreign key', keys: [key], tenant: owner.tenant, path: owner.path });
  }
  return found;
}

async function confirmBroken({ index, rows }: FindProps, documentKeys: readonly string[]): Promise<BrokenDocument[]> {
  const confirmed: BrokenDocument[] = [];
  for (const group of groupsOf(documentKeys, GROUP)) {
    const before = await rows.find(group);
    const lacking: BrokenDocument[] = [];
    for (const row of before.values()) {
      if (!isVisible(row)) continue;
      const missing = await countMissing(index, row);
      if (missing > 0) lacking.push({ row, missing });
    }
    if (lacking.length === 0) continue;
    const after = await rows.find(lacking.map(({ row }) => row.documentKey));
    confirmed.push(
      ...lacking.filter(({ row }) => after.get(row.documentKey)?.visible?.versionKey === row.visible.versionKey),
    );
  }
  return confirmed;
}

function isVisible(row: Row): row is BrokenDocument['row'] {
  return row.visible !== undefined;
}

async function countMissing(index: FindProps['index'], { documentKey, visible }: BrokenDocument['row']) {
  const { versionKey, chunkCount } = visible;
  let missing = 0;
  for (let from = 0; from < chunkCount; from += KEYS) {
    const count = Math.min(KEYS, chunkCount - from);
    const keys = Array.from({ length: count }, (_, at) => keyOf({ documentKey, versionKey, position: from + at }));
    missing += count - (await index.existing(keys)).size;
  }
  return missing;
}

function versionId({ documentKey, versionKey }: { documentKey: string; versionKey: string }): string {
  return `${documentKey}#${versionKey}`;
}

function partsOf(id: string): { documentKey: string; versionKey: string } {
  const [documentKey = '', versionKey = ''] = id.split('#');
  return { documentKey, versionKey };
}

/** Things in groups of up to `size`. */
export function groupsOf<T>(things: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(things.length / size) }, (_, group) =>
    things.slice(group * size, (group + 1) * size),
  );
}
