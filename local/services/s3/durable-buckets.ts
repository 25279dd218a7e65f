/** Owns what of S3 is in the journal: buckets with their settings, versions of objects, uploads and their parts. */
import type { Journal, JournalCollection } from '../../kernel/journal';
import type { DurableBlob } from './content/blob';
import type { Bucket, BucketSettings, ObjectVersion, Part, Upload } from './model';

/** A bucket without its objects. */
export interface DurableBucket {
  readonly name: string;
  readonly createdAtMs: number;
  readonly settings: BucketSettings;
}

type WithBlob<Kept> = Omit<Kept, 'blob'> & { readonly blob: DurableBlob };
type Named<Kept> = Kept & { readonly bucketName: string };

/** The journal's records of the service. */
export class DurableBuckets {
  readonly isDurable: boolean;
  readonly buckets: JournalCollection<DurableBucket>;
  readonly versions: JournalCollection<Named<WithBlob<ObjectVersion>>>;
  readonly uploads: JournalCollection<Named<Omit<Upload, 'parts'>>>;
  readonly parts: JournalCollection<Named<WithBlob<Part> & { readonly uploadId: string }>>;

  constructor(journal: Journal) {
    this.isDurable = journal.isDurable;
    this.buckets = journal.collection('s3.buckets');
    this.versions = journal.collection('s3.versions');
    this.uploads = journal.collection('s3.uploads');
    this.parts = journal.collection('s3.parts');
  }

  putBucket({ name, createdAtMs, settings }: Bucket): void {
    this.buckets.put(name, { name, createdAtMs, settings });
  }

  putVersion(bucketName: string, version: ObjectVersion): void {
    if (!this.isDurable) return;
    this.versions.put(versionKey(bucketName, version), { ...version, blob: version.blob.durable(), bucketName });
  }

  deleteVersion(bucketName: string, version: ObjectVersion): void {
    if (this.isDurable) this.versions.delete(versionKey(bucketName, version));
  }

  putUpload(bucketName: string, { parts: _parts, ...upload }: Upload): void {
    this.uploads.put(`${bucketName}\n${upload.id}`, { ...upload, bucketName });
  }

  putPart(bucketName: string, uploadId: string, part: Part): void {
    if (!this.isDurable) return;
    const record = { ...part, blob: part.blob.durable(), bucketName, uploadId };
    this.parts.put(`${bucketName}\n${uploadId}\n${part.partNumber}`, record);
  }

  deleteUpload(bucketName: string, upload: Upload): void {
    this.uploads.delete(`${bucketName}\n${upload.id}`);
    for (const partNumber of upload.parts.keys()) this.parts.delete(`${bucketName}\n${upload.id}\n${partNumber}`);
  }
}

function versionKey(bucketName: string, { key, versionId }: ObjectVersion): string {
  return `${bucketName}\n${versionId}\n${key}`;
}
