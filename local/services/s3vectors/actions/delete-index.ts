import type { Action } from '../../../wire/service';
import type { IndexAddress } from '../address';
import type { S3Vectors } from '../s3-vectors';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_S3VectorBuckets_DeleteIndex.html: its vectors go with it. */
export function deleteIndex(vectors: S3Vectors): Action<IndexAddress> {
  return {
    access: vectors.onIndex('DeleteIndex'),
    handle: (input) => {
      const { bucketName, name } = vectors.indexOf(input);
      vectors.store.deleteIndex(bucketName, name);
      return {};
    },
  };
}
