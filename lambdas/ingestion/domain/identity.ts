import { createHash } from 'node:crypto';
import { PIPELINE } from '../contracts/names';
import type { ObjectVersion } from './job';

/** What people call a document: `<tenant>/<path>`. */
export function documentIdOf(tenant: string, path: string): string {
  return `${tenant}/${path}`;
}

/** 32 characters that stand for a document in keys of rows and vectors. */
export function documentKeyOf(tenant: string, path: string): string {
  return digest(documentIdOf(tenant, path)).slice(0, 32);
}

/** 16 characters that stand for one run's vectors of a version: two runs never write the same keys. */
export function versionKeyOf({ bucket, key, versionId }: ObjectVersion, run: string): string {
  return digest(`${bucket}/${key}/${versionId}\n${run}\n${PIPELINE}`).slice(0, 16);
}

/**
 * The name of the execution that ingests a version: the same event always gives the same name, a version that comes
 * back another one, and so does another attempt of a repair. At most 80 characters, as Step Functions takes.
 */
export function runNameOf(documentKey: string, source: ObjectVersion, sequence: string, attempt?: string): string {
  const version = `${source.bucket}/${source.key}/${source.versionId}\n${sequence}\n${PIPELINE}`;
  return `${documentKey}-${digest(attempt === undefined ? version : `${version}\n${attempt}`).slice(0, 16)}`;
}

/** The key of a vector: they sort by their place in the document. */
export function vectorKeyOf(documentKey: string, versionKey: string, position: number): string {
  return `${documentKey}#${versionKey}#${String(position).padStart(6, '0')}`;
}

/** Document and version of a vector's key. */
export function ofVectorKey(key: string): { documentKey: string; versionKey: string } {
  const [documentKey = '', versionKey = ''] = key.split('#');
  return { documentKey, versionKey };
}

/** All the keys of a version's vectors. */
export function vectorKeysOf(documentKey: string, versionKey: string, chunkCount: number): string[] {
  return Array.from({ length: chunkCount }, (_, position) => vectorKeyOf(documentKey, versionKey, position));
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
