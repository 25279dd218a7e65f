/** What S3 keeps. Times are milliseconds since the epoch. */
import type { Blob } from './content/blob';
import type { Algorithm, Checksum, ChecksumType } from './content/checksum';
import type { ObjectIndex } from './object-index';
import type { ObjectAttributes, Tag } from './object-model';

export type {
  ContentHeaders,
  Encryption,
  ObjectAttributes,
  ObjectVersion,
  PartSummary,
  Tag,
} from './object-model';

export interface PublicAccessBlock {
  readonly BlockPublicAcls: boolean;
  readonly IgnorePublicAcls: boolean;
  readonly BlockPublicPolicy: boolean;
  readonly RestrictPublicBuckets: boolean;
}

export interface EncryptionRule {
  readonly ApplyServerSideEncryptionByDefault?: { readonly SSEAlgorithm: string; readonly KMSMasterKeyID?: string };
  readonly BucketKeyEnabled?: boolean;
  readonly [other: string]: unknown;
}

export interface FilterRule {
  readonly Name: string;
  readonly Value: string;
}

/** Where the events of some kinds and keys go. */
export interface Notification {
  readonly Id?: string;
  readonly Events: readonly string[];
  readonly Filter?: { readonly Key?: { readonly FilterRules?: readonly FilterRule[] } };
  readonly QueueArn?: string;
  readonly LambdaFunctionArn?: string;
}

export interface NotificationConfiguration {
  readonly QueueConfigurations?: readonly Notification[];
  readonly LambdaFunctionConfigurations?: readonly Notification[];
  readonly TopicConfigurations?: readonly unknown[];
  readonly EventBridgeConfiguration?: object;
}

export interface LifecycleFilter {
  readonly Prefix?: string;
  readonly Tag?: Tag;
  readonly Tags?: readonly Tag[];
  readonly ObjectSizeGreaterThan?: number;
  readonly ObjectSizeLessThan?: number;
}

export interface LifecycleRule {
  readonly ID?: string;
  readonly Status: string;
  readonly Prefix?: string;
  readonly Filter?: LifecycleFilter & { readonly And?: LifecycleFilter };
  readonly Expiration?: {
    readonly Days?: number;
    readonly Date?: string | Date;
    readonly ExpiredObjectDeleteMarker?: boolean;
  };
  readonly NoncurrentVersionExpiration?: { readonly NoncurrentDays: number; readonly NewerNoncurrentVersions?: number };
  readonly AbortIncompleteMultipartUpload?: { readonly DaysAfterInitiation: number };
  readonly Transitions?: readonly object[];
  readonly NoncurrentVersionTransitions?: readonly object[];
}

/** What can be set on a bucket; each is replaced as a whole. */
export interface BucketSettings {
  versioning?: 'Enabled' | 'Suspended';
  policy?: { readonly text: string; readonly document: object };
  publicAccessBlock?: PublicAccessBlock;
  encryption?: readonly EncryptionRule[];
  notifications: NotificationConfiguration;
  lifecycle?: readonly LifecycleRule[];
  tags?: readonly Tag[];
  ownership?: string;
  cors?: readonly object[];
}

export interface Bucket {
  readonly name: string;
  readonly arn: string;
  readonly createdAtMs: number;
  readonly settings: BucketSettings;
  readonly objects: ObjectIndex;
  readonly uploads: Map<string, Upload>;
}

export interface Part {
  readonly partNumber: number;
  readonly blob: Blob;
  readonly etag: string;
  readonly checksum: Checksum;
  readonly modifiedAtMs: number;
}

/** A multipart upload that is under way. */
export interface Upload extends ObjectAttributes {
  readonly id: string;
  readonly key: string;
  readonly startedAtMs: number;
  readonly initiator: string;
  /** What the request named; parts without it get S3's own. */
  readonly algorithm?: Algorithm;
  readonly checksumType?: ChecksumType;
  readonly parts: Map<number, Part>;
}
