import type { Readable } from 'node:stream';
import type { Caller } from '../../wire/caller';
import type { Host } from '../../wire/host';

/** An object of S3. */
export interface ObjectLocation {
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId?: string;
}

/** The whole of an object, read as `caller`. Rejects as S3's GetObject does. */
export async function readObject(host: Host, caller: Caller, location: ObjectLocation): Promise<Buffer> {
  const { Body }: { Body: Buffer | Readable } = await host.call(caller, 's3', 'GetObject', location);
  if (Buffer.isBuffer(Body)) return Body;
  const chunks: Buffer[] = [];
  for await (const chunk of Body) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
