import { DocumentRefused } from '../../contracts/errors';
import type { Block } from '../blocks';
import type { Chunk } from '../chunk';
import { documentIdOf } from '../identity';
import { jsonLines, readJsonLines } from '../json-lines';
import type { WorkStore, WorkStreamWriter } from '../object-store';
import type { StageWork } from '../run-stage';
import { madeBy } from '../stage-order';
import { workKeys } from '../work-keys';

/** What Chunk works with. */
export interface ChunkProps {
  readonly work: Pick<WorkStore, 'stream'> & WorkStreamWriter;
  /** Makes passages of a document's blocks. */
  readonly chunkBlocks: (documentId: string, blocks: AsyncIterable<Block>) => AsyncIterable<Chunk>;
}

/** Turns blocks into chunks, one line of JSON each. Throws DocumentRefused. */
export function createChunk({ work, chunkBlocks }: ChunkProps): StageWork {
  return async (job) => {
    const { key: from } = madeBy('Parse', job.parsed);
    const blocks = valuesOf<Block>(await work.stream(from));
    const key = workKeys.chunked(job.run);
    let chunkCount = 0;
    const counted = async function* () {
      for await (const chunk of chunkBlocks(documentIdOf(job.tenant, job.path), blocks)) {
        chunkCount += 1;
        yield chunk;
      }
    };
    await work.putStream(key, jsonLines(counted()));
    if (chunkCount === 0) throw new DocumentRefused('The document holds no text.');
    return { ...job, chunked: { key, chunkCount } };
  };
}

async function* valuesOf<T>(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<T> {
  for await (const { value } of readJsonLines<T>(bytes)) yield value;
}
