import type { Host } from '../../wire/host';
import type { Access } from '../../wire/service';
import { type BucketAddress, bucketNameOf, type IndexAddress, indexNamesOf, readArn } from './address';
import { checkBucketName, checkIndexName, integerBetween, lengthBetween, oneOf, required } from './constraints';
import { type EncryptionRequest, readEncryption } from './encryption';
import { bucketExists, bucketNotEmpty, indexExists, quotaExceeded, resourceNotFound } from './faults';
import type { DistanceMetric, VectorBucket, VectorIndex } from './model';
import { S3VectorsStore } from './store';
import { addTags } from './tags';
import { WriteRates } from './write-rates';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-vectors-limitations.html */
const MOST_BUCKETS = 10_000;
const MOST_INDEXES = 10_000;
const MOST_DIMENSIONS = 4096;

/** What CreateVectorBucket is asked. */
export interface NewBucket {
  readonly vectorBucketName?: string;
  readonly encryptionConfiguration?: EncryptionRequest;
  readonly tags?: Readonly<Record<string, string>>;
}

/** What CreateIndex is asked. */
export interface NewIndex extends BucketAddress {
  readonly indexName?: string;
  readonly dataType?: string;
  readonly dimension?: number;
  readonly distanceMetric?: string;
  readonly metadataConfiguration?: { readonly nonFilterableMetadataKeys?: readonly string[] };
  readonly encryptionConfiguration?: EncryptionRequest;
  readonly tags?: Readonly<Record<string, string>>;
}

/** What every action of S3 Vectors works with. */
export class S3Vectors {
  readonly store: S3VectorsStore;
  readonly rates: WriteRates;

  constructor(
    readonly host: Host,
    hasWriteRates: boolean,
  ) {
    this.store = new S3VectorsStore(host.journal);
    this.rates = new WriteRates(hasWriteRates);
  }

  now(): number {
    return this.host.kernel.clock.now();
  }

  bucketArn(name: string): string {
    return `arn:aws:s3vectors:${this.host.region}:${this.host.accountId}:bucket/${name}`;
  }

  indexArn(bucketName: string, name: string): string {
    return `${this.bucketArn(bucketName)}/index/${name}`;
  }

  /** The access of an action on the bucket of a request. */
  onBucket(action: string): (input: BucketAddress) => Access[] {
    return ({ vectorBucketName = '', vectorBucketArn = this.bucketArn(vectorBucketName) }) => [
      { action: `s3vectors:${action}`, resource: vectorBucketArn },
    ];
  }

  /** The access of an action on the index of a request. */
  onIndex(action: string): (input: IndexAddress & BucketAddress) => Access[] {
    return (input) => [{ action: `s3vectors:${action}`, resource: this.indexResource(input) }];
  }

  /** The ARN that a request on an index is decided by. */
  indexResource({ indexArn, vectorBucketName, vectorBucketArn, indexName = '' }: IndexAddress & BucketAddress): string {
    return indexArn ?? `${vectorBucketArn ?? this.bucketArn(vectorBucketName ?? '')}/index/${indexName}`;
  }

  /** Throws ValidationException, NotFoundException. */
  bucketOf(address: BucketAddress): VectorBucket {
    return this.store.bucket(bucketNameOf(address));
  }

  /** Throws ValidationException, NotFoundException. */
  indexOf(address: IndexAddress): VectorIndex {
    const { bucketName, indexName } = indexNamesOf(address);
    return this.store.index(bucketName, indexName);
  }

  /** The bucket or index of an ARN. Throws NotFoundException. */
  resourceOf(arn: string | undefined): VectorBucket | VectorIndex {
    required('/resourceArn', arn);
    const { bucketName, indexName } = readArn(arn);
    const found =
      bucketName === undefined || indexName === undefined
        ? this.store.findBucket(bucketName ?? '')
        : this.store.findIndex(bucketName, indexName);
    if (found?.arn !== arn) throw resourceNotFound();
    return found;
  }

  /** Throws ValidationException, ConflictException, ServiceQuotaExceededException. */
  addBucket({ vectorBucketName: name, encryptionConfiguration, tags }: NewBucket): VectorBucket {
    checkBucketName(name);
    const encryption = readEncryption(encryptionConfiguration) ?? { sseType: 'AES256' };
    const ownTags = addTags({}, tags);
    if (this.store.findBucket(name)) throw bucketExists();
    if (this.store.allBuckets().length >= MOST_BUCKETS) {
      throw quotaExceeded(`The account has its ${MOST_BUCKETS} vector buckets already.`);
    }
    const bucket = { name, arn: this.bucketArn(name), createdAtMs: this.now(), encryption, tags: ownTags };
    this.store.addBucket(bucket);
    return bucket;
  }

  /** Throws ConflictException for a bucket that has indexes. */
  removeBucket(bucket: VectorBucket): void {
    if (this.store.indexesOf(bucket.name).length > 0) throw bucketNotEmpty();
    this.store.deleteBucket(bucket.name);
  }

  /** Throws ValidationException, NotFoundException, ConflictException, ServiceQuotaExceededException. */
  addIndex(request: NewIndex): VectorIndex {
    const { indexName: name, dataType, dimension, distanceMetric, metadataConfiguration } = request;
    checkIndexName(name);
    required('/dataType', dataType);
    oneOf('/dataType', dataType, ['float32']);
    required('/dimension', dimension);
    integerBetween('/dimension', dimension, 1, MOST_DIMENSIONS);
    required('/distanceMetric', distanceMetric);
    oneOf('/distanceMetric', distanceMetric, ['euclidean', 'cosine']);
    const nonFilterableKeys = readNonFilterableKeys(metadataConfiguration);
    const encryption = readEncryption(request.encryptionConfiguration);
    const tags = addTags({}, request.tags);
    const bucket = this.bucketOf(request);
    if (this.store.findIndex(bucket.name, name)) throw indexExists();
    if (this.store.indexesOf(bucket.name).length >= MOST_INDEXES) {
      throw quotaExceeded(`The vector bucket has its ${MOST_INDEXES} indexes already.`);
    }
    const index: VectorIndex = {
      bucketName: bucket.name,
      name,
      arn: this.indexArn(bucket.name, name),
      createdAtMs: this.now(),
      dimension,
      distanceMetric: distanceMetric as DistanceMetric,
      nonFilterableKeys,
      encryption: encryption ?? bucket.encryption,
      tags,
    };
    this.store.addIndex(index);
    return index;
  }
}

function readNonFilterableKeys(configuration: NewIndex['metadataConfiguration']): readonly string[] {
  if (configuration === undefined) return [];
  const path = '/metadataConfiguration/nonFilterableMetadataKeys';
  const keys = configuration.nonFilterableMetadataKeys;
  required(path, keys);
  lengthBetween(path, keys, 1, 10);
  for (const [place, key] of keys.entries()) {
    required(`${path}/${place}`, key);
    lengthBetween(`${path}/${place}`, key, 1, 63);
  }
  return keys;
}
