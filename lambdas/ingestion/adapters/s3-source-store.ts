import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import type { Sender } from '../../shared/aws/sender';
import type { SourceStore } from '../domain/object-store';
import { isGone } from './s3-errors';

/** Documents in S3. Their bytes come as a stream, which must be read to its end or be left to the garbage collector. */
export function createS3SourceStore(client: Sender): SourceStore {
  return {
    async head({ bucket, key, versionId }) {
      try {
        const facts = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }));
        return {
          // A bucket without versions has the version null.
          versionId: facts.VersionId ?? 'null',
          sizeBytes: facts.ContentLength ?? 0,
          contentType: facts.ContentType,
          modifiedAt: facts.LastModified?.getTime() ?? 0,
        };
      } catch (error) {
        if (isGone(error)) return undefined;
        throw error;
      }
    },

    async read({ bucket, key, versionId }) {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }));
        return Body as AsyncIterable<Uint8Array>;
      } catch (error) {
        if (isGone(error)) return undefined;
        throw error;
      }
    },
  };
}
