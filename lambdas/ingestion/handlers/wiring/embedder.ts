import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { SILENT_LOGGER } from '../../../shared/aws/client-settings';
import { requireVariable } from '../../../shared/environment';
import { createTitanEmbedder } from '../../adapters/titan-embedder';
import { embeddingDimensions } from './dimensions';

const CONNECTION_TIMEOUT_MS = 1_000;
const REQUEST_TIMEOUT_MS = 10_000;

/**
 * The model that EMBEDDING_MODEL_ID names. It is asked once: the pace decides when again. HTTP/1.1, and not the HTTP/2 that the
 * client would choose: an HTTP/2 session that died while its function was frozen fails all calls that wait in it, where each
 * HTTP/1.1 connection fails its own.
 */
export const embedder = () =>
  createTitanEmbedder({
    client: new BedrockRuntimeClient({
      maxAttempts: 1,
      logger: SILENT_LOGGER,
      requestHandler: new NodeHttpHandler({
        connectionTimeout: CONNECTION_TIMEOUT_MS,
        requestTimeout: REQUEST_TIMEOUT_MS,
        throwOnRequestTimeout: true,
        httpsAgent: { maxSockets: 64 },
      }),
    }),
    modelId: requireVariable('EMBEDDING_MODEL_ID'),
    dimensions: embeddingDimensions(),
  });
