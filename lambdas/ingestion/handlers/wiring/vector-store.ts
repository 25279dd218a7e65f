import { S3VectorsClient } from '@aws-sdk/client-s3vectors';
import { clientSettings } from '../../../shared/aws/client-settings';
import { requireVariable } from '../../../shared/environment';
import { createS3VectorStore } from '../../adapters/s3-vector-store';

/** An index takes 2,500 vectors a second: batches that write at once wait for each other. */
const MOST_ATTEMPTS = 8;
const REQUEST_TIMEOUT_MS = 15_000;

const { requestHandler, ...settings } = clientSettings();

/** The index that VECTOR_BUCKET_NAME and VECTOR_INDEX_NAME name. */
export const vectorStore = () =>
  createS3VectorStore({
    client: new S3VectorsClient({
      ...settings,
      maxAttempts: MOST_ATTEMPTS,
      requestHandler: { ...requestHandler, requestTimeout: REQUEST_TIMEOUT_MS },
    }),
    vectorBucketName: requireVariable('VECTOR_BUCKET_NAME'),
    indexName: requireVariable('VECTOR_INDEX_NAME'),
  });
