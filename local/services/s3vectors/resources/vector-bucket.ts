import type { ResourceProvider, ResourceResult } from '../../../wire/resource-provider';
import type { VectorBucket } from '../model';
import type { S3Vectors } from '../s3-vectors';
import { addTags, tagsOfTemplate } from '../tags';
import { encryptionOfTemplate, sameProperties } from './template-values';

/**
 * `AWS::S3Vectors::VectorBucket`: Ref is the ARN; attributes VectorBucketArn, CreationTime. All but tags makes another bucket.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3vectors-vectorbucket.html
 */
export function vectorBucketResource(vectors: S3Vectors): ResourceProvider {
  const resultOf = ({ arn, createdAtMs }: VectorBucket): ResourceResult => ({
    physicalId: arn,
    attributes: { VectorBucketArn: arn, CreationTime: new Date(createdAtMs).toISOString() },
  });
  const create: ResourceProvider['create'] = (properties, context) =>
    resultOf(
      vectors.addBucket({
        vectorBucketName: properties.VectorBucketName ?? context.generateName(63).toLowerCase(),
        encryptionConfiguration: encryptionOfTemplate(properties.EncryptionConfiguration),
        tags: tagsOfTemplate(properties.Tags),
      }),
    );
  return {
    type: 'AWS::S3Vectors::VectorBucket',
    properties: {
      VectorBucketName: 'emulated',
      EncryptionConfiguration: { members: { SseType: 'emulated', KmsKeyArn: 'emulated' } },
      Tags: 'emulated',
    },
    create,
    update: (physicalId, properties, previous, context) => {
      if (!sameProperties(properties, previous, ['Tags'])) return create(properties, context);
      const bucket = vectors.bucketOf({ vectorBucketArn: physicalId });
      vectors.store.setTags(bucket, addTags({}, tagsOfTemplate(properties.Tags)));
      return resultOf(bucket);
    },
    delete: (physicalId) => {
      const bucket = vectors.store.allBuckets().find(({ arn }) => arn === physicalId);
      if (bucket) vectors.removeBucket(bucket);
    },
  };
}
