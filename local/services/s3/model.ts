/** What S3 keeps. Times are milliseconds since the epoch. */
import type { Blob } from './content/blob';
import type { Algorithm, Checksum, ChecksumType } from './content/checksum';
import type { ObjectIndex } from './object-index';

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

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

/** Headers that are kept with an object and given back. */
export interface ContentHeaders {
  readonly ContentType?: string;
  readonly CacheControl?: string;
  readonly ContentDisposition?: string;
  readonly ContentEncoding?: string;
  readonly ContentLanguage?: string;
  readonly Expires?: string;
  readonly WebsiteRedirectLocation?: string;
}

/** How an object is encrypted, as answers say. The bytes lie here as they came. */
export interface Encryption {
  readonly algorithm: 'AES256' | 'aws:kms';
  readonly keyArn?: string;
  readonly dataKey?: Uint8Array;
  readonly context?: Readonly<Record<string, string>>;
  readonly isBucketKey?: boolean;
}

/** What an object has besides its bytes. */
export interface ObjectAttributes {
  readonly headers: ContentHeaders;
  readonly metadata: Readonly<Record<string, string>>;
  readonly storageClass: string;
  readonly encryption: Encryption;
  readonly tags: readonly Tag[];
}

export interface PartSummary {
  readonly partNumber: number;
  readonly sizeBytes: number;
  readonly checksum: Checksum;
}

export interface ObjectVersion extends Omit<ObjectAttributes, 'tags'> {
  readonly key: string;
  readonly versionId: string;
  readonly modifiedAtMs: number;
  /** When it stopped being the current version. */
  noncurrentSinceMs?: number;
  readonly isDeleteMarker: boolean;
  readonly blob: Blob;
  /** Without quotes. */
  readonly etag: string;
  readonly checksum?: Checksum;
  /** Of an object that was uploaded in parts. */
  readonly parts?: readonly PartSummary[];
  tags: readonly Tag[];
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
