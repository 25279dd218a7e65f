import type { ResourceProvider, ResourceResult } from '../../../wire/resource-provider';
import { readArn } from '../address';
import type { VectorIndex } from '../model';
import type { S3Vectors } from '../s3-vectors';
import { addTags, tagsOfTemplate } from '../tags';
import { encryptionOfTemplate, sameProperties } from './template-values';

/**
 * `AWS::S3Vectors::Index`: Ref is the ARN; attributes IndexArn, CreationTime. All but tags makes another index, without vectors.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3vectors-index.html
 */
export function indexResource(vectors: S3Vectors): ResourceProvider {
  const resultOf = ({ arn, createdAtMs }: VectorIndex): ResourceResult => ({
    physicalId: arn,
    attributes: { IndexArn: arn, CreationTime: new Date(createdAtMs).toISOString() },
  });
  const create: ResourceProvider['create'] = (properties, context) => {
    const { MetadataConfiguration: metadata } = properties;
    return resultOf(
      vectors.addIndex({
        vectorBucketName: properties.VectorBucketName,
        vectorBucketArn: properties.VectorBucketArn,
        indexName: properties.IndexName ?? context.generateName(63).toLowerCase(),
        dataType: properties.DataType,
        dimension: properties.Dimension,
        distanceMetric: properties.DistanceMetric,
        metadataConfiguration: metadata && { nonFilterableMetadataKeys: metadata.NonFilterableMetadataKeys },
        encryptionConfiguration: encryptionOfTemplate(properties.EncryptionConfiguration),
        tags: tagsOfTemplate(properties.Tags),
      }),
    );
  };
  return {
    type: 'AWS::S3Vectors::Index',
    properties: {
      VectorBucketName: 'emulated',
      VectorBucketArn: 'emulated',
      IndexName: 'emulated',
      DataType: 'emulated',
      Dimension: 'number',
      DistanceMetric: 'emulated',
      MetadataConfiguration: { members: { NonFilterableMetadataKeys: 'emulated' } },
      EncryptionConfiguration: { members: { SseType: 'emulated', KmsKeyArn: 'emulated' } },
      Tags: 'emulated',
    },
    create,
    update: (physicalId, properties, previous, context) => {
      if (!sameProperties(properties, previous, ['Tags'])) return create(properties, context);
      const index = vectors.indexOf({ indexArn: physicalId });
      vectors.store.setTags(index, addTags({}, tagsOfTemplate(properties.Tags)));
      return resultOf(index);
    },
    delete: (physicalId) => {
      const { bucketName = '', indexName = '' } = readArn(physicalId);
      vectors.store.deleteIndex(bucketName, indexName);
    },
  };
}
