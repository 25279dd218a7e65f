import type { ResourceProvider, ResourceResult } from '../../../wire/resource-provider';
import { checkCors } from '../actions/bucket-cors';
import { checkEncryptionRules } from '../actions/bucket-encryption';
import { setNotifications } from '../actions/bucket-notification';
import { checkOwnership } from '../actions/bucket-ownership';
import { addBucket } from '../actions/create-bucket';
import { removeBucket } from '../actions/delete-bucket';
import { publicAccessBlockOf } from '../actions/public-access-block';
import { noSuchBucket } from '../faults';
import type { Bucket } from '../model';
import type { S3 } from '../s3';
import { checkBucketTags } from '../tags';
import { BUCKET_PROPERTIES } from './bucket-properties';
import { lifecycleOf } from './lifecycle-rules';
import { notificationsOf } from './notifications';

/**
 * `AWS::S3::Bucket`: Ref is the name; attributes Arn, DomainName, DualStackDomainName, RegionalDomainName, WebsiteURL. A bucket that is not
 * empty cannot be deleted.
 */
export function bucketResource(s3: S3): ResourceProvider {
  return {
    type: 'AWS::S3::Bucket',
    properties: BUCKET_PROPERTIES,
    create: async (properties, context) => {
      const name = properties.BucketName ?? context.generateName(63).toLowerCase();
      if (s3.store.bucket(name)) throw new Error(`${name} already exists`);
      const bucket = addBucket(s3, name);
      try {
        await configure(s3, bucket, properties);
      } catch (error) {
        s3.store.remove(bucket);
        throw error;
      }
      return resultOf(s3, bucket);
    },
    update: async (physicalId, properties, previous, context) => {
      if (properties.BucketName !== previous.BucketName) {
        const name = properties.BucketName ?? context.generateName(63).toLowerCase();
        if (s3.store.bucket(name)) throw new Error(`${name} already exists`);
        const replacement = addBucket(s3, name);
        await configure(s3, replacement, properties);
        return resultOf(s3, replacement);
      }
      const bucket = s3.store.bucket(physicalId);
      if (!bucket) throw noSuchBucket(physicalId);
      await configure(s3, bucket, properties);
      return resultOf(s3, bucket);
    },
    delete: (physicalId) => {
      const bucket = s3.store.bucket(physicalId);
      if (bucket) removeBucket(s3, bucket);
    },
  };
}

/** Sets everything that a template can say of a bucket; what it does not say goes back to what new buckets have. */
async function configure(s3: S3, bucket: Bucket, properties: Record<string, any>): Promise<void> {
  const { AccessControl } = properties;
  if (AccessControl !== undefined && AccessControl !== 'Private') {
    throw new Error(`AccessControl ${AccessControl} is not emulated: the bucket's policy says who has access.`);
  }
  const ownership = properties.OwnershipControls?.Rules?.[0]?.ObjectOwnership ?? 'BucketOwnerEnforced';
  checkOwnership(ownership);
  const block = properties.PublicAccessBlockConfiguration;
  const rules = (properties.BucketEncryption?.ServerSideEncryptionConfiguration ?? [
    { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
  ]) as Record<string, any>[];
  const tags = checkBucketTags(properties.Tags);
  const lifecycle = lifecycleOf(s3, properties.LifecycleConfiguration);
  const cors = properties.CorsConfiguration?.CorsRules as Record<string, any>[] | undefined;
  const encryption = checkEncryptionRules(
    rules.map((rule) => ({
      ApplyServerSideEncryptionByDefault: rule.ServerSideEncryptionByDefault,
      BucketKeyEnabled: rule.BucketKeyEnabled ?? false,
    })),
  );
  await setNotifications(s3, bucket, notificationsOf(properties.NotificationConfiguration));
  s3.store.set(bucket, {
    versioning: versioningOf(bucket, properties.VersioningConfiguration?.Status),
    encryption,
    publicAccessBlock: block ? publicAccessBlockOf(block) : publicAccessBlockOf(ALL_BLOCKED),
    lifecycle,
    ownership,
    cors:
      cors &&
      checkCors(
        cors.map(({ Id, ExposedHeaders, MaxAge, ...rule }) => ({
          ID: Id,
          ExposeHeaders: ExposedHeaders,
          MaxAgeSeconds: MaxAge,
          ...rule,
        })),
      ),
    tags: tags.length > 0 ? tags : undefined,
  });
  s3.lifecycle.changed(bucket);
}

const ALL_BLOCKED = {
  ...{ BlockPublicAcls: true, IgnorePublicAcls: true },
  ...{ BlockPublicPolicy: true, RestrictPublicBuckets: true },
};

/** Versioning that was on once can only be suspended. */
function versioningOf({ settings }: Bucket, status: string | undefined): 'Enabled' | 'Suspended' | undefined {
  if (status === 'Enabled') return 'Enabled';
  return settings.versioning === undefined ? undefined : 'Suspended';
}

function resultOf(s3: S3, { name, arn }: Bucket): ResourceResult {
  const { region } = s3.host;
  return {
    physicalId: name,
    attributes: {
      Arn: arn,
      DomainName: `${name}.s3.amazonaws.com`,
      DualStackDomainName: `${name}.s3.dualstack.${region}.amazonaws.com`,
      RegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
      WebsiteURL: `http://${name}.s3-website-${region}.amazonaws.com`,
    },
  };
}
