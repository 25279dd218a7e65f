/** Takes the body of an upload in: stores it, computes its digests on the way, and compares them with what was promised. */
import { createHash } from 'node:crypto';
import { AwsError } from '../../../wire/aws-error';
import { badDigest, entityTooLarge, incompleteBody, invalidDigest, invalidRequest, requestTimeout } from '../faults';
import type { Blob } from './blob';
import {
  ALGORITHM_NAMES,
  type Algorithm,
  type Checksum,
  DEFAULT_ALGORITHM,
  isChecksum,
  memberOf,
  newDigest,
  readAlgorithm,
} from './checksum';
import type { ContentStore } from './content-store';

/** The largest body of one request. */
const LIMIT_BYTES = 5 * 1024 ** 3;

/** A body of the wire: its bytes, and what its trailing headers say once they are read. */
export interface UploadBody extends AsyncIterable<Buffer> {
  /** The checksum that will follow the body. */
  readonly announced?: Algorithm;
  trailer?(): string | undefined;
}

type Sums = { readonly [checksum in `Checksum${Algorithm}`]?: string };

/** What an upload says of its body. */
export interface UploadInput extends Sums {
  readonly Body?: UploadBody | Uint8Array | string;
  readonly ContentMD5?: string;
  readonly ContentLength?: number;
  readonly ChecksumAlgorithm?: string;
}

/** A body that has been taken in. */
export interface Received {
  readonly blob: Blob;
  readonly md5: string;
  readonly checksum: Checksum;
}

/** Rejects with BadDigest, InvalidDigest, IncompleteBody, EntityTooLarge, and keeps nothing then. */
export async function receiveBody(contents: ContentStore, input: UploadInput): Promise<Received> {
  const promised = promisedChecksum(input);
  const expectedMd5 = readMd5(input.ContentMD5);
  const body = input.Body as UploadBody | undefined;
  const algorithm =
    promised?.algorithm ?? body?.announced ?? readAlgorithm(input.ChecksumAlgorithm) ?? DEFAULT_ALGORITHM;
  const md5 = createHash('md5');
  const digest = newDigest(algorithm);
  const writer = contents.writer();
  try {
    for await (const chunk of chunksOf(input.Body)) {
      md5.update(chunk);
      digest.update(chunk);
      await writer.write(chunk);
      if (writer.sizeBytes > LIMIT_BYTES) throw entityTooLarge(LIMIT_BYTES);
    }
    if (input.ContentLength !== undefined && writer.sizeBytes !== input.ContentLength) throw incompleteBody();
    const md5Bytes = md5.digest();
    if (expectedMd5 && !expectedMd5.equals(md5Bytes)) throw badDigest('Content-MD5', 'what we received');
    const value = digest.digest().toString('base64');
    const wanted = promised?.value ?? trailingChecksum(body, algorithm);
    if (wanted !== undefined && wanted !== value) throw badDigest(algorithm, 'the calculated checksum');
    return {
      blob: await writer.finish(),
      md5: md5Bytes.toString('hex'),
      checksum: { algorithm, value, type: 'FULL_OBJECT' },
    };
  } catch (error) {
    await writer.discard();
    throw error;
  }
}

function promisedChecksum(input: UploadInput): { algorithm: Algorithm; value: string } | undefined {
  const given = ALGORITHM_NAMES.filter((algorithm) => input[memberOf(algorithm)] !== undefined);
  if (given.length > 1)
    throw invalidRequest('Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.');
  const algorithm = given[0];
  if (!algorithm) return undefined;
  const value = input[memberOf(algorithm)]!;
  if (!isChecksum(algorithm, value)) {
    throw invalidRequest(`Value for x-amz-checksum-${algorithm.toLowerCase()} header is invalid.`);
  }
  return { algorithm, value };
}

function trailingChecksum(body: UploadBody | undefined, algorithm: Algorithm): string | undefined {
  if (body?.announced === undefined) return undefined;
  const value = body.trailer?.();
  if (value === undefined || !isChecksum(algorithm, value)) {
    throw invalidRequest(`Value for x-amz-checksum-${algorithm.toLowerCase()} trailing header is invalid.`);
  }
  return value;
}

function readMd5(text: string | undefined): Buffer | undefined {
  if (text === undefined) return undefined;
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== 16) throw invalidDigest();
  return bytes;
}

async function* chunksOf(body: UploadInput['Body']): AsyncGenerator<Buffer> {
  if (body === undefined) return;
  if (typeof body === 'string') yield Buffer.from(body);
  else if (body instanceof Uint8Array) yield Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  else yield* fromClient(body);
}

/** What breaks off is the client's doing, and no defect of ours. */
async function* fromClient(body: UploadBody): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of body) yield chunk;
  } catch (error) {
    throw error instanceof AwsError ? error : requestTimeout();
  }
}
