import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { requireVariable } from '../../../shared/environment';
import { createTitanEmbedder } from '../../adapters/titan-embedder';
import { embeddingDimensions } from './dimensions';

const REQUEST_TIMEOUT_MS = 10_000;

/** The model that EMBEDDING_MODEL_ID names. It is asked once: the pace decides when again. */
export const embedder = () =>
  createTitanEmbedder({
    client: new BedrockRuntimeClient({ maxAttempts: 1, requestHandler: { requestTimeout: REQUEST_TIMEOUT_MS } }),
    modelId: requireVariable('EMBEDDING_MODEL_ID'),
    dimensions: embeddingDimensions(),
  });
