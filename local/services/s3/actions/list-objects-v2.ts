import type { Action } from '../../../wire/service';
import { invalidArgument } from '../faults';
import { keyEntry } from '../listed-objects';
import { keyEncoder, readLimit } from '../listing';
import type { S3 } from '../s3';
import { type ListInput, listContext, pageOfObjects } from './list-objects';

interface ListObjectsV2Input extends ListInput {
  readonly ContinuationToken?: string;
  readonly StartAfter?: string;
  readonly FetchOwner?: boolean;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
export function listObjectsV2(s3: S3): Action<ListObjectsV2Input> {
  return {
    access: s3.onBucket('ListBucket', listContext),
    handle: (input) => {
      const { Prefix = '', Delimiter = '', StartAfter, ContinuationToken, EncodingType, FetchOwner } = input;
      const bucket = s3.bucket(input);
      const encode = keyEncoder(EncodingType);
      const limit = readLimit('max-keys', input.MaxKeys);
      const after = ContinuationToken === undefined ? (StartAfter ?? '') : readToken(ContinuationToken);
      const page = pageOfObjects(bucket, { prefix: Prefix, delimiter: Delimiter, after, limit });
      return {
        Name: bucket.name,
        Prefix: encode(Prefix),
        StartAfter: StartAfter === undefined ? undefined : encode(StartAfter),
        ContinuationToken,
        NextContinuationToken: page.isTruncated ? writeToken(page.last) : undefined,
        KeyCount: page.keys.length + page.groups.length,
        MaxKeys: limit,
        Delimiter: Delimiter ? encode(Delimiter) : undefined,
        IsTruncated: page.isTruncated,
        EncodingType,
        Contents: page.keys.map((key) => ({
          ...keyEntry(bucket, key, encode),
          ...(FetchOwner && { Owner: { ID: s3.ownerId } }),
        })),
        CommonPrefixes: page.groups.map((group) => ({ Prefix: encode(group) })),
      };
    },
  };
}

const TOKEN_MARK = '1';

function writeToken(last: string): string {
  return TOKEN_MARK + Buffer.from(last).toString('base64');
}

function readToken(token: string): string {
  if (!/^1[A-Za-z0-9+/]+=*$/.test(token)) {
    throw invalidArgument('The continuation token provided is incorrect', 'continuation-token', token);
  }
  return Buffer.from(token.slice(TOKEN_MARK.length), 'base64').toString('utf8');
}
