import { ListVectorsCommand, S3VectorsClient } from '@aws-sdk/client-s3vectors';
import type { IngestionOutputs } from '../outputs-file';

/** A passage as the index holds it. */
export interface StoredChunk {
  readonly path: string;
  readonly text: string;
  /** Titles of the headings above it, joined. */
  readonly heading: string;
}

/** All passages of a tenant in the index, those of replaced versions too that were not deleted yet. */
export async function readChunks(outputs: IngestionOutputs, tenant: string): Promise<StoredChunk[]> {
  const client = new S3VectorsClient({ region: outputs.Region });
  const chunks: StoredChunk[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.send(
      new ListVectorsCommand({
        vectorBucketName: outputs.VectorBucketName,
        indexName: outputs.VectorIndexName,
        returnMetadata: true,
        maxResults: 500,
        nextToken,
      }),
    );
    for (const { metadata } of page.vectors ?? []) {
      const chunk = metadata as unknown as StoredChunk & { tenant: string };
      if (chunk.tenant === tenant) chunks.push({ path: chunk.path, text: chunk.text, heading: chunk.heading });
    }
    nextToken = page.nextToken;
  } while (nextToken);
  client.destroy();
  return chunks;
}
