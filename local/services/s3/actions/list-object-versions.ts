import type { Action } from '../../../wire/service';
import { invalidArgument } from '../faults';
import { versionEntry } from '../listed-objects';
import { keyEncoder, listPage, readLimit } from '../listing';
import type { Bucket, ObjectVersion } from '../model';
import type { S3 } from '../s3';
import { type ListInput, listContext } from './list-objects';

interface ListObjectVersionsInput extends ListInput {
  readonly KeyMarker?: string;
  readonly VersionIdMarker?: string;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html */
export function listObjectVersions(s3: S3): Action<ListObjectVersionsInput> {
  return {
    access: s3.onBucket('ListBucketVersions', listContext),
    handle: (input) => {
      const { Prefix = '', Delimiter = '', KeyMarker = '', VersionIdMarker, EncodingType } = input;
      if (VersionIdMarker !== undefined && KeyMarker === '') {
        throw invalidArgument(
          'A version-id marker cannot be specified without a key marker.',
          'version-id-marker',
          VersionIdMarker,
        );
      }
      const bucket = s3.bucket(input);
      const encode = keyEncoder(EncodingType);
      const limit = readLimit('max-keys', input.MaxKeys);
      const begun = VersionIdMarker === undefined ? [] : versionsAfter(bucket, KeyMarker, VersionIdMarker);
      const page = listPage(
        bucket.objects.keys,
        { prefix: Prefix, delimiter: Delimiter, after: KeyMarker, limit: limit },
        () => true,
      );
      const all = [...begun, ...page.keys.flatMap((key) => bucket.objects.versions(key))];
      const room = Math.max(0, limit - page.groups.length);
      const versions = all.slice(0, room);
      const isTruncated = limit > 0 && (page.isTruncated || versions.length < all.length);
      const groups = versions.length < all.length ? page.groups.filter((group) => group < all[room]!.key) : page.groups;
      const last = versions[versions.length - 1];
      const endsInGroup = versions.length === all.length && page.groups.includes(page.last);
      return {
        Name: bucket.name,
        Prefix: encode(Prefix),
        KeyMarker: encode(KeyMarker),
        VersionIdMarker: VersionIdMarker ?? '',
        NextKeyMarker: isTruncated ? encode(endsInGroup ? page.last : (last?.key ?? page.last)) : undefined,
        NextVersionIdMarker: isTruncated && !endsInGroup ? last?.versionId : undefined,
        MaxKeys: limit,
        Delimiter: Delimiter ? encode(Delimiter) : undefined,
        EncodingType,
        IsTruncated: isTruncated,
        Versions: versions
          .filter(({ isDeleteMarker }) => !isDeleteMarker)
          .map((version) => ({
            ...versionEntry(version, encode),
            ...identity(s3, bucket, version),
          })),
        DeleteMarkers: versions
          .filter(({ isDeleteMarker }) => isDeleteMarker)
          .map((marker) => ({
            Key: encode(marker.key),
            LastModified: new Date(marker.modifiedAtMs),
            ...identity(s3, bucket, marker),
          })),
        CommonPrefixes: groups.map((group) => ({ Prefix: encode(group) })),
      };
    },
  };
}

function identity(s3: S3, { objects }: Bucket, version: ObjectVersion): object {
  return {
    VersionId: version.versionId,
    IsLatest: objects.latest(version.key) === version,
    Owner: { ID: s3.ownerId },
  };
}

function versionsAfter({ objects }: Bucket, key: string, versionId: string): readonly ObjectVersion[] {
  const versions = objects.versions(key);
  const index = versions.findIndex((version) => version.versionId === versionId);
  return index < 0 ? [] : versions.slice(index + 1);
}
