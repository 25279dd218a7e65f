/**
 * Repairs what find-ghosts found. It deletes vectors and puts messages into the ingestion queue; rows are written by
 * ingestion alone.
 *
 * - **Orphans** are deleted, up to 500 at a time, and only if a read of the row just before still does not know them. Upsert announces a
 *   version in its row before it puts the first vector: what was in the index before that read and is not in the row belongs to no execution
 *   under way.
 * - **A document whose visible version lacks vectors** is ingested again from its object, under the sequence right behind its own: the new version
 *   takes the place of the broken one whole, and gives way to whatever was uploaded since. Readers go on seeing what is left of the old one.
 * - **If its object is gone**, ingestion is told so as by S3: it looks again, and deletes the document.
 *
 * Twice is no harm: within the same hour the same document has the same execution. Pure over ports.
 */
import type { BrokenDocument, Findings, Orphans } from './find-ghosts';
import { groupsOf } from './find-ghosts';
import type { IngestQueue, ObjectVersion, Rows, Sources, VectorIndex } from './ports';
import { knownCount } from './row';
import { successorOf } from './successor';
import { placeOf } from './vector-key';

/** What repairing works with. */
export interface RepairProps {
  readonly index: Pick<VectorIndex, 'delete'>;
  readonly rows: Pick<Rows, 'find'>;
  readonly sources: Sources;
  readonly queue: IngestQueue;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** What was done. */
export interface Repair {
  /** Orphans that were deleted. */
  readonly deletedVectors: number;
  /** Vectors that a row knows of by now: they were left. */
  readonly keptVectors: number;
  /** Documents that are ingested again. */
  readonly ingested: readonly BrokenDocument[];
  /** Documents whose object is gone: they are deleted. */
  readonly deleted: readonly BrokenDocument[];
}

/** The most that one request deletes. */
const MOST_DELETED = 500;

/** What ingestion calls its own events, and a document that is handed to the queue of single ones. */
const INGESTION_SOURCE = 'stepwright.ingestion';
const DOCUMENT_HANDED_OVER = 'Document Handed Over';
const REPAIR_ID = 'reconcile';

/** Objects below belong to bulk loads. */
const BULK_PREFIX = 'bulk/';

/** Repairs all findings. What fails is thrown; what was repaired until then stays so. */
export async function repairGhosts(props: RepairProps, { orphans, broken }: Findings): Promise<Repair> {
  let deletedVectors = 0;
  for (const found of orphans) deletedVectors += await deleteOrphans(props, found);
  const ingested: BrokenDocument[] = [];
  const deleted: BrokenDocument[] = [];
  for (const document of broken) {
    const isIngested = await ingestAgain(props, document);
    (isIngested ? ingested : deleted).push(document);
  }
  const listed = orphans.reduce((sum, { keys }) => sum + keys.length, 0);
  return { deletedVectors, keptVectors: listed - deletedVectors, ingested, deleted };
}

async function deleteOrphans({ index, rows }: RepairProps, { version, keys }: Orphans): Promise<number> {
  let deleted = 0;
  for (const group of groupsOf(keys, MOST_DELETED)) {
    const row = version && (await rows.find([version.documentKey])).get(version.documentKey);
    const known = version ? knownCount(row, version.versionKey) : 0;
    const unknown = group.filter((key) => (placeOf(key)?.position ?? known) >= known);
    if (unknown.length === 0) continue;
    await index.delete(unknown);
    deleted += unknown.length;
  }
  return deleted;
}

/** Whether there was an object to ingest; if not, its deletion is told. */
async function ingestAgain(props: RepairProps, { row }: BrokenDocument): Promise<boolean> {
  const { tenant, path, visible } = row;
  const sequence = successorOf(row.latestSequence ?? '');
  // A confirmed object has the same content as the one that was ingested, and is kept for longer.
  const same = row.status === 'visible' && row.source ? [row.source, visible.source] : [visible.source];
  for (const source of same) {
    const facts = await props.sources.head(source);
    if (!facts) continue;
    await handOver(props, {
      tenant,
      path,
      source,
      sizeBytes: facts.sizeBytes,
      sequence,
      contentHash: visible.contentHash,
    });
    return true;
  }
  const { bucket, key } = same[0]!;
  const current = await props.sources.head({ bucket, key });
  if (current) {
    const source = { bucket, key, versionId: current.versionId };
    // What is in it nobody knows yet: it counts as changed.
    await handOver(props, { tenant, path, source, sizeBytes: current.sizeBytes, sequence, contentHash: '' });
    return true;
  }
  await tellDeletion(props, same[0]!, sequence);
  return false;
}

interface HandedOver {
  readonly tenant: string;
  readonly path: string;
  readonly source: ObjectVersion;
  readonly sizeBytes: number;
  readonly sequence: string;
  readonly contentHash: string;
}

async function handOver({ queue, now }: RepairProps, document: HandedOver): Promise<void> {
  const attempt = new Date(now()).toISOString().slice(0, 13);
  const detail = { ...document, attempt, correlationId: REPAIR_ID };
  const event = { id: REPAIR_ID, source: INGESTION_SOURCE, 'detail-type': DOCUMENT_HANDED_OVER, detail };
  await queue.send(JSON.stringify(event));
}

async function tellDeletion({ queue }: RepairProps, object: ObjectVersion, sequence: string): Promise<void> {
  const { bucket, key, versionId } = object;
  const [time = '', sequencer = ''] = sequence.split('-');
  // Deletions of a load's objects are ordered by their second, and count from its end: that is behind the successor, too.
  const at = key.startsWith(BULK_PREFIX) ? Math.floor(Number(time) / 1000) * 1000 : Number(time);
  const event = {
    id: REPAIR_ID,
    source: INGESTION_SOURCE,
    'detail-type': 'Object Deleted',
    time: new Date(at).toISOString(),
    detail: {
      bucket: { name: bucket },
      object: { key, 'version-id': versionId, sequencer: sequencer || '1' },
      'deletion-type': 'Permanently Deleted',
    },
  };
  await queue.send(JSON.stringify(event));
}
