import { InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import type { Sender } from '../../shared/aws/sender';
import { EmbeddingFailed } from '../contracts/errors';
import type { Embedder } from '../domain/embedder';
import { vectorFault } from '../domain/vector-check';

/** What the embedder works with. */
export interface TitanEmbedderProps {
  readonly client: Sender;
  readonly modelId: string;
  /** 256, 512 or 1,024. */
  readonly dimensions: number;
}

/** The names under which Bedrock says that it is asked too often, or has no room: both pass. */
const THROTTLES = new Set(['ThrottlingException', 'ModelNotReadyException', 'ServiceUnavailableException']);

/**
 * Amazon Titan Text Embeddings V2, which takes one text a call and answers a vector of length 1.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-text.html
 * The client must not retry by itself: the shared pace has to hear of every throttling.
 */
export function createTitanEmbedder({ client, modelId, dimensions }: TitanEmbedderProps): Embedder {
  return {
    model: modelId,
    dimensions,
    async embed(text) {
      const request = new InvokeModelCommand({
        modelId,
        contentType: 'application/json',
        accept: 'application/json',
        body: JSON.stringify({ inputText: text, dimensions, normalize: true }),
      });
      try {
        const { body } = await client.send(request);
        return { kind: 'embedded', vector: vectorOf(body, dimensions) };
      } catch (error) {
        if (THROTTLES.has((error as Error).name)) return { kind: 'throttled' };
        throw error;
      }
    },
  };
}

function vectorOf(body: Uint8Array, dimensions: number): Float32Array {
  const { embedding } = JSON.parse(Buffer.from(body).toString('utf8'));
  if (!Array.isArray(embedding)) throw new EmbeddingFailed('The model answered no embedding.');
  const vector = Float32Array.from(embedding);
  const fault = vectorFault(vector, dimensions);
  if (fault) throw new EmbeddingFailed(`The model answered a vector that is none: ${fault}.`);
  return vector;
}
