import type { Action } from '../../../wire/service';
import type { NewIndex, S3Vectors } from '../s3-vectors';
import { withTags } from '../tag-access';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_S3VectorBuckets_CreateIndex.html */
export function createIndex(vectors: S3Vectors): Action<NewIndex> {
  return {
    access: withTags(vectors.onIndex('CreateIndex')),
    handle: (input) => ({ indexArn: vectors.addIndex(input).arn }),
  };
}
