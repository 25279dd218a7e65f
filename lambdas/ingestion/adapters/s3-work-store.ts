import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { Sender } from '../../shared/aws/sender';
import type { WorkStore } from '../domain/object-store';
import { isGone } from './s3-errors';

/** The work bucket. */
export function createS3WorkStore(client: Sender, bucket: string): WorkStore {
  const read = (key: string, fromByte: number) =>
    client.send(
      new GetObjectCommand({ Bucket: bucket, Key: key, Range: fromByte > 0 ? `bytes=${fromByte}-` : undefined }),
    );
  return {
    async get(key) {
      try {
        const { Body } = await read(key, 0);
        return Buffer.from(await Body.transformToByteArray());
      } catch (error) {
        if (isGone(error)) return undefined;
        throw error;
      }
    },
    async stream(key, fromByte = 0) {
      try {
        return (await read(key, fromByte)).Body;
      } catch (error) {
        if (isGone(error)) throw new Error(`There is no ${key} in the work bucket; it is kept for a week only.`);
        throw error;
      }
    },
    async put(key, body) {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
    },
  };
}
