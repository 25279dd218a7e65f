/** How the distance of two vectors is measured. */
export type DistanceMetric = 'cosine' | 'euclidean';

/** As requests and answers write it. Kept and described; nothing is encrypted. */
export interface EncryptionConfiguration {
  readonly sseType: 'AES256' | 'aws:kms';
  readonly kmsKeyArn?: string;
}

/** What is stored with a vector: plain values, and lists of texts or of numbers. */
export type MetadataValue = string | number | boolean | readonly string[] | readonly number[];
export type Metadata = Readonly<Record<string, MetadataValue>>;

/** A vector bucket, as plain data. Its indexes lie in the store. */
export interface VectorBucket {
  readonly name: string;
  readonly arn: string;
  readonly createdAtMs: number;
  readonly encryption: EncryptionConfiguration;
  /** The policy as it was put, and parsed. */
  policy?: { readonly text: string; readonly document: object };
  tags: Readonly<Record<string, string>>;
}

/** A vector index, as plain data. Its vectors lie in the store. */
export interface VectorIndex {
  readonly bucketName: string;
  readonly name: string;
  readonly arn: string;
  readonly createdAtMs: number;
  readonly dimension: number;
  readonly distanceMetric: DistanceMetric;
  readonly nonFilterableKeys: readonly string[];
  readonly encryption: EncryptionConfiguration;
  tags: Readonly<Record<string, string>>;
}

/** A vector as it comes in, checked. */
export interface NewVector {
  readonly key: string;
  readonly values: Float32Array;
  readonly metadata: Metadata;
}
