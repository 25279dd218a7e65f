import type { Chunk } from './chunk';
import { unpackVectors } from './float32';
import { inGroups, readJsonLines } from './json-lines';
import type { WorkStore } from './object-store';
import { SEGMENT_CHUNKS, workKeys } from './work-keys';

/** Chunks with their vectors, in order. */
export interface Segment {
  readonly chunks: readonly Chunk[];
  readonly vectors: readonly Float32Array[];
}

/** Reads what Chunk and Embed made, a segment at a time. Throws an Error when they do not belong together. */
export async function* readSegments(
  work: Pick<WorkStore, 'get' | 'stream'>,
  { chunksKey, vectorsKey, dimensions }: { chunksKey: string; vectorsKey: string; dimensions: number },
): AsyncGenerator<Segment> {
  let index = 0;
  for await (const group of inGroups(readJsonLines<Chunk>(await work.stream(chunksKey)), SEGMENT_CHUNKS)) {
    const key = workKeys.segment(vectorsKey, index);
    const bytes = await work.get(key);
    if (!bytes) throw new Error(`There is no ${key} in the work bucket; let Embed run again.`);
    const vectors = unpackVectors(bytes, dimensions);
    const chunks = group.map(({ value }) => value);
    if (vectors.length !== chunks.length) {
      throw new Error(`${key} has ${vectors.length} vectors for ${chunks.length} chunks; let Embed run again.`);
    }
    yield { chunks, vectors };
    index += 1;
  }
}
