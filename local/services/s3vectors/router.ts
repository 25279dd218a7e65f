import type { Host } from '../../wire/host';
import type { Service } from '../../wire/service';
import { deleteVectorBucketPolicy, getVectorBucketPolicy, putVectorBucketPolicy } from './actions/bucket-policy';
import { createIndex } from './actions/create-index';
import { createVectorBucket } from './actions/create-vector-bucket';
import { deleteIndex } from './actions/delete-index';
import { deleteVectorBucket } from './actions/delete-vector-bucket';
import { deleteVectors } from './actions/delete-vectors';
import { getIndex } from './actions/get-index';
import { getVectorBucket } from './actions/get-vector-bucket';
import { getVectors } from './actions/get-vectors';
import { listIndexes } from './actions/list-indexes';
import { listVectorBuckets } from './actions/list-vector-buckets';
import { listVectors } from './actions/list-vectors';
import { putVectors } from './actions/put-vectors';
import { queryVectors } from './actions/query-vectors';
import { listTagsForResource, tagResource, untagResource } from './actions/tag-resource';
import { readArn } from './address';
import { indexResource } from './resources/index-resource';
import { vectorBucketResource } from './resources/vector-bucket';
import { vectorBucketPolicyResource } from './resources/vector-bucket-policy';
import { s3VectorsRoutes } from './routes';
import { S3Vectors } from './s3-vectors';

/** How S3 Vectors is started. */
export interface S3VectorsOptions {
  /** Answers TooManyRequestsException to writes that come faster than AWS takes them. @default false */
  readonly hasWriteRates?: boolean;
}

/** S3 Vectors. See README.md for what differs from AWS. */
export function createS3VectorsService(host: Host, { hasWriteRates = false }: S3VectorsOptions = {}): Service {
  const vectors = new S3Vectors(host, hasWriteRates);
  return {
    name: 's3vectors',
    protocols: [{ kind: 'rest-json', routes: s3VectorsRoutes }],
    actions: {
      CreateIndex: createIndex(vectors),
      CreateVectorBucket: createVectorBucket(vectors),
      DeleteIndex: deleteIndex(vectors),
      DeleteVectorBucket: deleteVectorBucket(vectors),
      DeleteVectorBucketPolicy: deleteVectorBucketPolicy(vectors),
      DeleteVectors: deleteVectors(vectors),
      GetIndex: getIndex(vectors),
      GetVectorBucket: getVectorBucket(vectors),
      GetVectorBucketPolicy: getVectorBucketPolicy(vectors),
      GetVectors: getVectors(vectors),
      ListIndexes: listIndexes(vectors),
      ListTagsForResource: listTagsForResource(vectors),
      ListVectorBuckets: listVectorBuckets(vectors),
      ListVectors: listVectors(vectors),
      PutVectorBucketPolicy: putVectorBucketPolicy(vectors),
      PutVectors: putVectors(vectors),
      QueryVectors: queryVectors(vectors),
      TagResource: tagResource(vectors),
      UntagResource: untagResource(vectors),
    },
    resources: [vectorBucketResource(vectors), indexResource(vectors), vectorBucketPolicyResource(vectors)],
    resourcePolicy: (arn) => vectors.store.findBucket(readArn(arn).bucketName ?? '')?.policy?.document,
  };
}
