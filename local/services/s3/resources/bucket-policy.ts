import type { ResourceProvider } from '../../../wire/resource-provider';
import { setPolicy } from '../actions/bucket-policy';
import { noSuchBucket } from '../faults';
import type { S3 } from '../s3';

interface BucketPolicyProperties {
  readonly Bucket: string;
  readonly PolicyDocument: object | string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucketpolicy.html; Ref is the bucket's name. */
export function bucketPolicyResource(s3: S3): ResourceProvider<BucketPolicyProperties> {
  const set = ({ Bucket, PolicyDocument }: BucketPolicyProperties) => {
    const bucket = s3.store.bucket(Bucket);
    if (!bucket) throw noSuchBucket(Bucket);
    setPolicy(s3, bucket, typeof PolicyDocument === 'string' ? PolicyDocument : JSON.stringify(PolicyDocument));
    return { physicalId: Bucket };
  };
  return {
    type: 'AWS::S3::BucketPolicy',
    properties: { Bucket: 'emulated', PolicyDocument: 'emulated' },
    create: (properties) => {
      if (s3.store.bucket(properties.Bucket)?.settings.policy) {
        throw new Error(`The bucket policy already exists on bucket ${properties.Bucket}.`);
      }
      return set(properties);
    },
    update: (_physicalId, properties) => set(properties),
    delete: (physicalId) => {
      const bucket = s3.store.bucket(physicalId);
      if (bucket) s3.store.set(bucket, { policy: undefined });
    },
  };
}
