import type { Action } from '../../../wire/service';
import { compareKeys } from '../key-order';
import { keyEncoder, listPage, readLimit } from '../listing';
import type { Upload } from '../model';
import type { S3 } from '../s3';

interface ListMultipartUploadsInput {
  readonly Bucket: string;
  readonly Prefix?: string;
  readonly Delimiter?: string;
  readonly KeyMarker?: string;
  readonly UploadIdMarker?: string;
  readonly MaxUploads?: number;
  readonly EncodingType?: string;
}

/** Those of one key in the order in which they began. https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html */
export function listMultipartUploads(s3: S3): Action<ListMultipartUploadsInput> {
  return {
    access: s3.onBucket('ListBucketMultipartUploads'),
    handle: (input) => {
      const { Prefix = '', Delimiter = '', KeyMarker = '', UploadIdMarker, EncodingType } = input;
      const bucket = s3.bucket(input);
      const encode = keyEncoder(EncodingType);
      const limit = readLimit('max-uploads', input.MaxUploads);
      const byKey = groupByKey([...bucket.uploads.values()]);
      const begun = UploadIdMarker === undefined ? [] : uploadsAfter(byKey.get(KeyMarker) ?? [], UploadIdMarker);
      const keys = [...byKey.keys()].sort(compareKeys);
      const page = listPage(keys, { prefix: Prefix, delimiter: Delimiter, after: KeyMarker, limit }, () => true);
      const all = [...begun, ...page.keys.flatMap((key) => byKey.get(key) ?? [])];
      const uploads = all.slice(0, Math.max(0, limit - page.groups.length));
      const isTruncated = limit > 0 && (page.isTruncated || uploads.length < all.length);
      const last = uploads[uploads.length - 1];
      return {
        Bucket: bucket.name,
        KeyMarker: encode(KeyMarker),
        UploadIdMarker: UploadIdMarker ?? '',
        NextKeyMarker: isTruncated ? encode(last?.key ?? page.last) : '',
        NextUploadIdMarker: isTruncated ? (last?.id ?? '') : '',
        Delimiter: Delimiter || undefined,
        Prefix: encode(Prefix),
        MaxUploads: limit,
        IsTruncated: isTruncated,
        EncodingType,
        Uploads: uploads.map((upload) => entry(s3, upload, encode)),
        CommonPrefixes: page.groups.map((group) => ({ Prefix: encode(group) })),
      };
    },
  };
}

function entry(s3: S3, upload: Upload, encode: (key: string) => string): object {
  return {
    Key: encode(upload.key),
    UploadId: upload.id,
    Initiator: { ID: upload.initiator },
    Owner: { ID: s3.ownerId },
    StorageClass: upload.storageClass,
    Initiated: new Date(upload.startedAtMs),
    ChecksumAlgorithm: upload.algorithm,
    ChecksumType: upload.checksumType,
  };
}

function groupByKey(uploads: readonly Upload[]): Map<string, Upload[]> {
  const byKey = new Map<string, Upload[]>();
  for (const upload of uploads) byKey.set(upload.key, [...(byKey.get(upload.key) ?? []), upload]);
  return byKey;
}

function uploadsAfter(uploads: readonly Upload[], id: string): readonly Upload[] {
  const index = uploads.findIndex((upload) => upload.id === id);
  return index < 0 ? [] : uploads.slice(index + 1);
}
