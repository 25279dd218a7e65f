/** What S3 keeps of an object. Times are milliseconds since the epoch. */
import type { Blob } from './content/blob';
import type { Checksum } from './content/checksum';

export interface Tag {
  readonly Key: string;
  readonly Value: string;
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
