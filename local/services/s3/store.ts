import type { Journal } from '../../kernel/journal';
import type { ContentStore } from './content/content-store';
import { DurableBuckets } from './durable-buckets';
import type { Bucket, BucketSettings, ObjectVersion, Part, Upload } from './model';
import { ObjectIndex } from './object-index';

/** Every bucket of the account. */
export class S3Store {
  private readonly byName = new Map<string, Bucket>();
  private readonly durable: DurableBuckets;

  constructor(journal: Journal, contents: ContentStore) {
    this.durable = new DurableBuckets(journal);
    this.restore(contents);
  }

  bucket(name: string): Bucket | undefined {
    return this.byName.get(name);
  }

  /** In order of name. */
  get buckets(): Bucket[] {
    return [...this.byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  add(name: string, createdAtMs: number, settings: BucketSettings): Bucket {
    const bucket = this.open(name, createdAtMs, settings);
    this.durable.putBucket(bucket);
    return bucket;
  }

  /** Replaces some of a bucket's settings. */
  set(bucket: Bucket, change: Partial<BucketSettings>): void {
    Object.assign(bucket.settings, change);
    this.durable.putBucket(bucket);
  }

  /** Takes a bucket away, with uploads that were never completed. */
  remove(bucket: Bucket): void {
    for (const upload of bucket.uploads.values()) this.removeUpload(bucket, upload);
    this.byName.delete(bucket.name);
    this.durable.buckets.delete(bucket.name);
  }

  addUpload(bucket: Bucket, upload: Upload): void {
    bucket.uploads.set(upload.id, upload);
    this.durable.putUpload(bucket.name, upload);
  }

  /** Keeps a part; one of the same number gives way. */
  putPart(bucket: Bucket, upload: Upload, part: Part): void {
    part.blob.retain();
    upload.parts.get(part.partNumber)?.blob.release();
    upload.parts.set(part.partNumber, part);
    this.durable.putPart(bucket.name, upload.id, part);
  }

  /** Ends an upload and gives up the bytes of its parts. */
  removeUpload(bucket: Bucket, upload: Upload): void {
    bucket.uploads.delete(upload.id);
    this.durable.deleteUpload(bucket.name, upload);
    for (const part of upload.parts.values()) part.blob.release();
    upload.parts.clear();
  }

  /** The policy that decides on a bucket or an object of it. */
  policyOf(arn: string): object | undefined {
    const [, bucket = ''] = /^arn:aws:s3:::([^/]+)/.exec(arn) ?? [];
    return this.byName.get(bucket)?.settings.policy?.document;
  }

  private open(name: string, createdAtMs: number, settings: BucketSettings): Bucket {
    const keeper = {
      put: (version: ObjectVersion) => this.durable.putVersion(name, version),
      delete: (version: ObjectVersion) => this.durable.deleteVersion(name, version),
    };
    const bucket: Bucket = {
      name,
      arn: `arn:aws:s3:::${name}`,
      createdAtMs,
      settings,
      objects: new ObjectIndex(keeper),
      uploads: new Map(),
    };
    this.byName.set(name, bucket);
    return bucket;
  }

  private restore(contents: ContentStore): void {
    const { buckets, versions, uploads, parts } = this.durable;
    for (const [, { name, createdAtMs, settings }] of buckets.restored()) this.open(name, createdAtMs, settings);
    for (const [, { bucketName, blob, ...version }] of versions.restored()) {
      this.byName.get(bucketName)!.objects.restore({ ...version, blob: contents.restore(blob) });
    }
    for (const [, { bucketName, ...upload }] of uploads.restored()) {
      this.byName.get(bucketName)!.uploads.set(upload.id, { ...upload, parts: new Map() });
    }
    for (const [, { bucketName, uploadId, blob, ...part }] of parts.restored()) {
      const kept = { ...part, blob: contents.restore(blob) };
      kept.blob.retain();
      this.byName.get(bucketName)!.uploads.get(uploadId)!.parts.set(part.partNumber, kept);
    }
    contents.removeUnknown();
  }
}
