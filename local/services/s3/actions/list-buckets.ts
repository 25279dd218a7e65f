import type { Action } from '../../../wire/service';
import { invalidArgument } from '../faults';
import type { S3 } from '../s3';

interface ListBucketsInput {
  readonly Prefix?: string;
  readonly MaxBuckets?: number;
  readonly ContinuationToken?: string;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html */
export function listBuckets(s3: S3): Action<ListBucketsInput> {
  return {
    access: () => [{ action: 's3:ListAllMyBuckets', resource: '*' }],
    handle: ({ Prefix, MaxBuckets, ContinuationToken }) => {
      if (MaxBuckets !== undefined && (MaxBuckets < 1 || MaxBuckets > 10_000)) {
        throw invalidArgument('Argument max-buckets must be an integer between 1 and 10000', 'max-buckets', MaxBuckets);
      }
      const after = ContinuationToken === undefined ? '' : Buffer.from(ContinuationToken, 'base64').toString('utf8');
      const found = s3.store.buckets.filter(({ name }) => name.startsWith(Prefix ?? '') && name > after);
      const page = found.slice(0, MaxBuckets);
      return {
        Owner: { ID: s3.ownerId },
        Buckets: page.map(({ name, arn, createdAtMs }) => ({
          Name: name,
          CreationDate: new Date(createdAtMs),
          BucketRegion: s3.host.region,
          BucketArn: arn,
        })),
        ContinuationToken:
          page.length < found.length ? Buffer.from(page[page.length - 1]!.name).toString('base64') : undefined,
        Prefix,
      };
    },
  };
}
