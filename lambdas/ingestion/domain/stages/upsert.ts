import { type ChangeProps, changeDocument } from '../change-document';
import type { Chunk } from '../chunk';
import type { DocumentVersion } from '../document';
import { announce } from '../document-changes';
import { documentKeyOf, vectorKeyOf } from '../identity';
import { versionOf } from '../job-version';
import type { WorkStore } from '../object-store';
import type { StageWork } from '../run-stage';
import { readSegments, type Segment } from '../segments';
import { madeBy } from '../stage-order';
import type { VectorRecord, VectorStore } from '../vector-store';

/** What Upsert works with. */
export interface UpsertProps extends ChangeProps {
  readonly work: Pick<WorkStore, 'get' | 'stream'>;
  readonly vectors: Pick<VectorStore, 'put'>;
  readonly dimensions: number;
}

/** Puts on their way at once: two segments of a long document fill the time of a call without filling the memory. */
const PUTS_AT_ONCE = 2;

const LONGEST_PATH_CHARACTERS = 200;
const LONGEST_HEADING_CHARACTERS = 2_000;

/**
 * Puts the vectors of the whole version. Readers do not see them yet; the document's row knows of them from before the
 * first is written. Throws SupersededVersion.
 */
export function createUpsert(props: UpsertProps): StageWork {
  return async (job) => {
    const { key: chunksKey, chunkCount } = madeBy('Chunk', job.chunked);
    const { key: vectorsKey } = madeBy('Embed', job.embedded);
    const version = versionOf(job);
    const documentKey = documentKeyOf(job.tenant, job.path);
    await changeDocument(props, documentKey, (row, now) => announce(row, version, chunkCount, now));
    const onTheWay: Promise<void>[] = [];
    for await (const segment of readSegments(props.work, { chunksKey, vectorsKey, dimensions: props.dimensions })) {
      const put = props.vectors.put(recordsOf(documentKey, version, segment));
      // It is awaited below, if not in this turn: its failure must not end the process meanwhile.
      put.catch(() => undefined);
      onTheWay.push(put);
      if (onTheWay.length >= PUTS_AT_ONCE) await onTheWay.shift();
    }
    await Promise.all(onTheWay);
    return { ...job, upserted: { versionKey: version.versionKey, vectorCount: chunkCount } };
  };
}

function recordsOf(documentKey: string, version: DocumentVersion, { chunks, vectors }: Segment): VectorRecord[] {
  return chunks.map((chunk, index) => recordOf(documentKey, version, chunk, vectors[index]!));
}

function recordOf(
  documentKey: string,
  { tenant, path, versionKey }: DocumentVersion,
  { chunkId, heading, text, kind, position, textHash }: Chunk,
  vector: Float32Array,
): VectorRecord {
  return {
    key: vectorKeyOf(documentKey, versionKey, position),
    vector,
    metadata: {
      tenant,
      documentKey,
      versionKey,
      kind,
      path: shortened(path, LONGEST_PATH_CHARACTERS),
      text,
      heading: shortened(heading.join(' › '), LONGEST_HEADING_CHARACTERS),
      chunkId,
      position,
      textHash,
    },
  };
}

function shortened(text: string, most: number): string {
  return text.length <= most ? text : [...text].slice(0, most).join('');
}
