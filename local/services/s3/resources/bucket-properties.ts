/** What is emulated of `AWS::S3::Bucket`. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html */
import type { PropertySpec } from '../../../wire/resource-provider';

const TAG: PropertySpec = { Key: 'emulated', Value: 'emulated' };
const NO_TRANSITION = { inert: 'transitions: objects keep their storage class, which costs nothing here' } as const;

const FILTER: PropertySpec = { S3Key: { members: { Rules: { members: { Name: 'emulated', Value: 'emulated' } } } } };

export const BUCKET_PROPERTIES: PropertySpec = {
  BucketName: 'emulated',
  AccessControl: 'emulated',
  VersioningConfiguration: { members: { Status: 'emulated' } },
  BucketEncryption: {
    members: {
      ServerSideEncryptionConfiguration: {
        members: {
          ServerSideEncryptionByDefault: { members: { SSEAlgorithm: 'emulated', KMSMasterKeyID: 'emulated' } },
          BucketKeyEnabled: 'boolean',
          BlockedEncryptionTypes: { inert: 'keys of customers are refused in any case' },
        },
      },
    },
  },
  PublicAccessBlockConfiguration: {
    members: {
      BlockPublicAcls: 'boolean',
      IgnorePublicAcls: 'boolean',
      BlockPublicPolicy: 'boolean',
      RestrictPublicBuckets: 'boolean',
    },
  },
  LifecycleConfiguration: {
    members: {
      Rules: {
        members: {
          Id: 'emulated',
          Status: 'emulated',
          Prefix: 'emulated',
          TagFilters: { members: TAG },
          ObjectSizeGreaterThan: 'number',
          ObjectSizeLessThan: 'number',
          ExpirationInDays: 'number',
          ExpirationDate: 'emulated',
          ExpiredObjectDeleteMarker: 'boolean',
          NoncurrentVersionExpiration: { members: { NoncurrentDays: 'number', NewerNoncurrentVersions: 'number' } },
          NoncurrentVersionExpirationInDays: 'number',
          AbortIncompleteMultipartUpload: { members: { DaysAfterInitiation: 'number' } },
          Transition: NO_TRANSITION,
          Transitions: NO_TRANSITION,
          NoncurrentVersionTransition: NO_TRANSITION,
          NoncurrentVersionTransitions: NO_TRANSITION,
        },
      },
      TransitionDefaultMinimumObjectSize: NO_TRANSITION,
    },
  },
  NotificationConfiguration: {
    members: {
      EventBridgeConfiguration: { members: { EventBridgeEnabled: 'boolean' } },
      QueueConfigurations: { members: { Event: 'emulated', Queue: 'emulated', Filter: { members: FILTER } } },
      LambdaConfigurations: { members: { Event: 'emulated', Function: 'emulated', Filter: { members: FILTER } } },
    },
  },
  OwnershipControls: { members: { Rules: { members: { ObjectOwnership: 'emulated' } } } },
  CorsConfiguration: {
    members: {
      CorsRules: {
        members: {
          Id: 'emulated',
          AllowedHeaders: 'emulated',
          AllowedMethods: 'emulated',
          AllowedOrigins: 'emulated',
          ExposedHeaders: 'emulated',
          MaxAge: 'number',
        },
      },
    },
  },
  LoggingConfiguration: { inert: 'server access logs: nobody but this machine has access' },
  MetricsConfigurations: { inert: 'request metrics of S3 are not kept' },
  IntelligentTieringConfigurations: { inert: 'objects keep their storage class, which costs nothing here' },
  InventoryConfigurations: { inert: 'inventories are not made' },
  Tags: { members: TAG },
};
