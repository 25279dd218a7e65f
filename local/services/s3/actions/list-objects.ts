import type { Action } from '../../../wire/service';
import { keyEntry } from '../listed-objects';
import { keyEncoder, type ListingPage, type ListingRequest, listPage, readLimit } from '../listing';
import type { Bucket } from '../model';
import type { S3 } from '../s3';

export interface ListInput {
  readonly Bucket: string;
  readonly Prefix?: string;
  readonly Delimiter?: string;
  readonly MaxKeys?: number;
  readonly EncodingType?: string;
}

interface ListObjectsInput extends ListInput {
  readonly Marker?: string;
}

/** Condition keys of listings. */
export function listContext({ Prefix, Delimiter, MaxKeys }: ListInput): Record<string, string> {
  return {
    's3:prefix': Prefix ?? '',
    ...(Delimiter && { 's3:delimiter': Delimiter }),
    ...(MaxKeys !== undefined && { 's3:max-keys': String(MaxKeys) }),
  };
}

/** A page of the current objects of a bucket. */
export function pageOfObjects({ objects }: Bucket, request: ListingRequest): ListingPage {
  return listPage(objects.keys, request, (key) => !objects.latest(key)!.isDeleteMarker);
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html */
export function listObjects(s3: S3): Action<ListObjectsInput> {
  return {
    access: s3.onBucket('ListBucket', listContext),
    handle: (input) => {
      const { Prefix = '', Delimiter = '', Marker = '', EncodingType } = input;
      const bucket = s3.bucket(input);
      const encode = keyEncoder(EncodingType);
      const limit = readLimit('maxKeys', input.MaxKeys);
      const page = pageOfObjects(bucket, { prefix: Prefix, delimiter: Delimiter, after: Marker, limit });
      return {
        Name: bucket.name,
        Prefix: encode(Prefix),
        Marker: encode(Marker),
        // Without a delimiter the last key serves.
        NextMarker: page.isTruncated && Delimiter ? encode(page.last) : undefined,
        MaxKeys: limit,
        Delimiter: Delimiter ? encode(Delimiter) : undefined,
        IsTruncated: page.isTruncated,
        EncodingType,
        Contents: page.keys.map((key) => ({ ...keyEntry(bucket, key, encode), Owner: { ID: s3.ownerId } })),
        CommonPrefixes: page.groups.map((group) => ({ Prefix: encode(group) })),
      };
    },
  };
}
