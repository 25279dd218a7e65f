/**
 * Embed: gives every chunk its vector, in the order of chunks, in segments of SEGMENT_CHUNKS. It asks the cache first
 * and embeds only what is not there, at the shared pace. When its time is nearly up it writes down where it is and stops: the
 * vectors that it has paid for are in the cache by then, so that nothing is embedded twice.
 */
import type { Clock } from '../../../shared/clock';
import { EmbeddingFailed, EmbeddingThrottled, EmbeddingUnfinished } from '../../contracts/errors';
import type { Chunk } from '../chunk';
import { embeddedText } from '../embedded-text';
import type { EmbeddingCache } from '../embedder';
import { packVectors } from '../float32';
import type { Job } from '../job';
import { inGroups, readJsonLines } from '../json-lines';
import type { WorkStore } from '../object-store';
import { embedPaced, type PacedEmbeddingProps } from '../paced-embedding';
import type { StageWork } from '../run-stage';
import { madeBy } from '../stage-order';
import { timeToStop } from '../time-to-stop';
import { vectorFault } from '../vector-check';
import { SEGMENT_CHUNKS, workKeys } from '../work-keys';

/** What Embed works with. */
export interface EmbedProps extends PacedEmbeddingProps {
  readonly work: WorkStore;
  readonly cache: EmbeddingCache;
  readonly clock: Clock;
}

/** Where Embed is with a document. */
interface Checkpoint {
  readonly segments: number;
  readonly chunks: number;
  /** Where the next chunk begins in the file of chunks. */
  readonly byte: number;
  readonly embedded: number;
}

const START: Checkpoint = { segments: 0, chunks: 0, byte: 0, embedded: 0 };

/**
 * Embeds a document's chunks. Throws EmbeddingUnfinished when it is to be called again, EmbeddingThrottled when the
 * provider took nothing at all this time, EmbeddingFailed.
 */
export function createEmbed(props: EmbedProps): StageWork {
  return async (job, call) => {
    const { key: chunksKey, chunkCount } = madeBy('Chunk', job.chunked);
    const folder = workKeys.vectors(job.run);
    const deadline = timeToStop(props.clock, call.invocation);
    const began = await readCheckpoint(props.work, job);
    let at = began;
    const lines = began.chunks < chunkCount ? readJsonLines<Chunk>(await props.work.stream(chunksKey, began.byte)) : [];
    for await (const group of inGroups(lines, SEGMENT_CHUNKS)) {
      const chunks = group.map(({ value }) => value);
      const segment = await vectorsOf(props, chunks, deadline);
      if (!segment.vectors) {
        const reached = { ...at, embedded: at.embedded + segment.embedded };
        await writeCheckpoint(props.work, job, reached);
        throw stopped(job, began, reached, segment.throttledCalls);
      }
      await props.work.put(workKeys.segment(folder, at.segments), packVectors(segment.vectors));
      at = {
        segments: at.segments + 1,
        chunks: at.chunks + chunks.length,
        byte: began.byte + group.at(-1)!.endByte,
        embedded: at.embedded + segment.embedded,
      };
    }
    if (at.chunks !== chunkCount) {
      throw new EmbeddingFailed(`The document has ${chunkCount} chunks, of which ${at.chunks} were read.`);
    }
    return { ...job, embedded: { key: folder, reused: chunkCount - at.embedded, embedded: at.embedded } };
  };
}

interface SegmentVectors {
  /** Absent when time was up. */
  readonly vectors?: readonly Float32Array[];
  readonly embedded: number;
  readonly throttledCalls: number;
}

async function vectorsOf(props: EmbedProps, chunks: readonly Chunk[], deadline: number): Promise<SegmentVectors> {
  const texts = new Map(chunks.map((chunk) => [chunk.textHash, embeddedText(chunk)]));
  const known = new Map<string, Float32Array>();
  for (const [hash, vector] of await props.cache.find([...texts.keys()])) {
    // What is damaged in the cache is embedded again.
    if (!vectorFault(vector, props.embedder.dimensions)) known.set(hash, vector);
  }
  const missing = new Map([...texts].filter(([hash]) => !known.has(hash)));
  const paid = new Map<string, Float32Array>();
  let throttledCalls = 0;
  if (missing.size > 0) {
    try {
      ({ throttledCalls } = await embedPaced(props, missing, deadline, (hash, vector) => paid.set(hash, vector)));
    } finally {
      await props.cache.put(paid);
    }
  }
  if (paid.size < missing.size) return { embedded: paid.size, throttledCalls };
  const vectors = chunks.map(({ textHash }) => (known.get(textHash) ?? paid.get(textHash))!);
  return { vectors, embedded: paid.size, throttledCalls };
}

function stopped(job: Job, began: Checkpoint, reached: Checkpoint, throttledCalls: number): Error {
  const chunkCount = job.chunked?.chunkCount;
  if (reached.chunks === began.chunks && reached.embedded === began.embedded && throttledCalls > 0) {
    return new EmbeddingThrottled(`The provider throttled ${throttledCalls} calls and took none.`);
  }
  return new EmbeddingUnfinished(`${reached.chunks} of ${chunkCount} chunks have their vectors; the time is up.`);
}

async function readCheckpoint(work: WorkStore, job: Job): Promise<Checkpoint> {
  const bytes = await work.get(workKeys.checkpoint(job.run));
  return bytes ? JSON.parse(bytes.toString('utf8')) : START;
}

async function writeCheckpoint(work: WorkStore, job: Job, checkpoint: Checkpoint): Promise<void> {
  await work.put(workKeys.checkpoint(job.run), JSON.stringify(checkpoint));
}
