import type { Action } from '../../../wire/service';
import type { IndexAddress } from '../address';
import { describeIndex } from '../describe';
import type { S3Vectors } from '../s3-vectors';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_S3VectorBuckets_GetIndex.html */
export function getIndex(vectors: S3Vectors): Action<IndexAddress> {
  return {
    access: vectors.onIndex('GetIndex'),
    handle: (input) => ({ index: describeIndex(vectors.indexOf(input)) }),
  };
}
