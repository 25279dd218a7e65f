/**
 * Owns what a function's code is made of: a folder that the CDK staged, the source in a template, an uploaded ZIP file, or one
 * that lies in S3. The only place that measures code.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Readable } from 'node:stream';
import { AwsError } from '../../wire/aws-error';
import type { Caller } from '../../wire/caller';
import type { Host } from '../../wire/host';
import { invalidParameter } from './faults';
import type { FunctionCode } from './model';
import { checkZip } from './zip-archive';

/** Code with its size in bytes and its SHA-256, in Base64 as Lambda shows it. */
export interface MeasuredCode {
  readonly Code: FunctionCode;
  readonly CodeSize: number;
  readonly CodeSha256: string;
  /** The ZIP file, when the code is one. */
  readonly archive?: Buffer;
}

/** An object of S3 that holds a ZIP file. */
export interface CodeObject {
  readonly S3Bucket: string;
  readonly S3Key: string;
  readonly S3ObjectVersion?: string;
}

/** Code in a folder, read once. Throws InvalidParameterValueException when there is none. */
export function fromFolder(path: string): MeasuredCode {
  const hash = createHash('sha256');
  let CodeSize = 0;
  for (const file of filesOf(path)) {
    const content = readFileSync(file);
    hash.update(relative(path, file)).update('\0').update(content);
    CodeSize += content.length;
  }
  if (CodeSize === 0) throw invalidParameter('Uploaded file must be a non-empty zip');
  return { Code: { kind: 'folder', path }, CodeSize, CodeSha256: hash.digest('base64') };
}

/** The source of `index.js`, as templates give it (`ZipFile`). Throws InvalidParameterValueException for an empty one. */
export function fromSource(source: string): MeasuredCode {
  const content = Buffer.from(source);
  if (content.length === 0) throw invalidParameter('Uploaded file must be a non-empty zip');
  return { Code: { kind: 'inline', source }, CodeSize: content.length, CodeSha256: sha256(content) };
}

/** An uploaded ZIP file. Throws InvalidParameterValueException, in AWS's words, for what cannot be unpacked. */
export function fromZip(bytes: Uint8Array): MeasuredCode {
  const archive = Buffer.from(bytes);
  checkZip(archive);
  const CodeSha256 = sha256(archive);
  return { Code: { kind: 'zip', sha256: CodeSha256 }, CodeSize: archive.length, CodeSha256, archive };
}

/**
 * A ZIP file in S3, read as `caller`. Throws InvalidParameterValueException for an object that is not there or cannot be
 * unpacked, AccessDeniedException when the caller may not read it.
 */
export async function fromS3(host: Host, caller: Caller, object: CodeObject): Promise<MeasuredCode> {
  const { S3Bucket: Bucket, S3Key: Key, S3ObjectVersion: VersionId } = object;
  let answer: { Body: Buffer | Readable };
  try {
    answer = await host.call(caller, 's3', 'GetObject', { Bucket, Key, VersionId });
  } catch (error) {
    throw error instanceof AwsError ? notReadable(object, error) : error;
  }
  return fromZip(await bytesOf(answer.Body));
}

function notReadable({ S3Bucket, S3Key }: CodeObject, { code, message }: AwsError): AwsError {
  const reason = `S3 Error Code: ${code}. S3 Error Message: ${message}`;
  if (code !== 'AccessDenied') return invalidParameter(`Error occurred while GetObject. ${reason}`);
  return new AwsError(
    'AccessDeniedException',
    `Your access has been denied by S3, please make sure your request credentials have permission to GetObject for ${S3Bucket}/${S3Key}. ${reason}`,
    403,
    { Type: 'User' },
  );
}

async function bytesOf(body: Buffer | Readable): Promise<Buffer> {
  if (Buffer.isBuffer(body)) return body;
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function filesOf(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .sort();
  } catch (error) {
    throw invalidParameter(`The code of the function cannot be read as a folder: ${(error as Error).message}`);
  }
}

function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('base64');
}
