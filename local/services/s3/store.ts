import type { Bucket, BucketSettings, Upload } from './model';
import { ObjectIndex } from './object-index';

/** Every bucket of the account. */
export class S3Store {
  private readonly byName = new Map<string, Bucket>();

  bucket(name: string): Bucket | undefined {
    return this.byName.get(name);
  }

  /** In order of name. */
  get buckets(): Bucket[] {
    return [...this.byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  add(name: string, createdAtMs: number, settings: BucketSettings): Bucket {
    const bucket: Bucket = {
      name,
      arn: `arn:aws:s3:::${name}`,
      createdAtMs,
      settings,
      objects: new ObjectIndex(),
      uploads: new Map(),
    };
    this.byName.set(name, bucket);
    return bucket;
  }

  /** Takes a bucket away, with uploads that were never completed. */
  remove(bucket: Bucket): void {
    for (const upload of bucket.uploads.values()) this.removeUpload(bucket, upload);
    this.byName.delete(bucket.name);
  }

  /** Ends an upload and gives up the bytes of its parts. */
  removeUpload(bucket: Bucket, upload: Upload): void {
    bucket.uploads.delete(upload.id);
    for (const part of upload.parts.values()) part.blob.release();
    upload.parts.clear();
  }

  /** The policy that decides on a bucket or an object of it. */
  policyOf(arn: string): object | undefined {
    const [, bucket = ''] = /^arn:aws:s3:::([^/]+)/.exec(arn) ?? [];
    return this.byName.get(bucket)?.settings.policy?.document;
  }
}
