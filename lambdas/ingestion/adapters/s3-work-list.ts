import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { Sender } from '../../shared/aws/sender';

/** The keys of the work bucket below a prefix, in their order. */
export async function* listWorkKeys(client: Sender, bucket: string, prefix: string): AsyncGenerator<string> {
  let token: string | undefined;
  do {
    const page = await client.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }),
    );
    for (const { Key } of page.Contents ?? []) yield Key;
    token = page.IsTruncated ? page.NextContinuationToken : undefined;
  } while (token !== undefined);
}
