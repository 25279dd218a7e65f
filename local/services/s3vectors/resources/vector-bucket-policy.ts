import type { ResourceProvider } from '../../../wire/resource-provider';
import { readPolicy } from '../bucket-policy';
import { validation } from '../faults';
import type { S3Vectors } from '../s3-vectors';

interface PolicyProperties {
  readonly VectorBucketName?: string;
  readonly VectorBucketArn?: string;
  readonly Policy: object | string;
}

/**
 * `AWS::S3Vectors::VectorBucketPolicy`: Ref is the ARN of the bucket. Another bucket gets a policy of its own.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3vectors-vectorbucketpolicy.html
 */
export function vectorBucketPolicyResource(vectors: S3Vectors): ResourceProvider<PolicyProperties> {
  const bucketOf = ({ VectorBucketName, VectorBucketArn }: PolicyProperties) =>
    vectors.bucketOf({ vectorBucketName: VectorBucketName, vectorBucketArn: VectorBucketArn });
  const put = (properties: PolicyProperties) => {
    const { Policy: policy } = properties;
    const bucket = bucketOf(properties);
    vectors.store.setPolicy(bucket, readPolicy(typeof policy === 'string' ? policy : JSON.stringify(policy)));
    return { physicalId: bucket.arn };
  };
  return {
    type: 'AWS::S3Vectors::VectorBucketPolicy',
    properties: { VectorBucketName: 'emulated', VectorBucketArn: 'emulated', Policy: 'emulated' },
    create: (properties) => {
      if (bucketOf(properties).policy) throw validation('The vector bucket has a policy already.');
      return put(properties);
    },
    update: (_physicalId, properties) => put(properties),
    delete: (physicalId) => {
      const bucket = vectors.store.allBuckets().find(({ arn }) => arn === physicalId);
      if (bucket) vectors.store.setPolicy(bucket, undefined);
    },
  };
}
