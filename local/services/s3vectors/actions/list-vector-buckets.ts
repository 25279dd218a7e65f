import type { Action } from '../../../wire/service';
import { summarizeBucket } from '../describe';
import { type PageRequest, pageByName } from '../page';
import type { S3Vectors } from '../s3-vectors';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_S3VectorBuckets_ListVectorBuckets.html */
export function listVectorBuckets(vectors: S3Vectors): Action<PageRequest> {
  return {
    access: () => [{ action: 's3vectors:ListVectorBuckets', resource: '*' }],
    handle: (input) => {
      const { items, nextToken } = pageByName(vectors.store.allBuckets(), input);
      return { vectorBuckets: items.map(summarizeBucket), nextToken };
    },
  };
}
