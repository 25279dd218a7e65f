import { DeleteObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { documentKeyOf, type IngestionStack } from '../ingest/ingestion-stack';

/** What became of a document that was to be deleted. `open`: its objects are deleted, and ingestion has not heard of it yet. */
export interface Deletion {
  readonly path: string;
  readonly outcome: 'deleted' | 'unknown' | 'open';
}

/** Where single documents lie. */
const SINGLE_PREFIX = 'documents/';

const PAUSE_MS = 200;
/** Ingestion hears of a deletion within seconds. */
const PATIENCE_MS = 60_000;

/**
 * Deletes the objects of documents, as anybody may in the bucket: ingestion hears of it by S3's event and takes the documents
 * out of the search. A document of a bulk load lies where the load put it, which its row knows. Older versions stay in the
 * bucket for as long as its lifecycle keeps them.
 */
export async function deleteDocuments(
  stack: IngestionStack,
  tenant: string,
  paths: readonly string[],
): Promise<Deletion[]> {
  const outcomes = new Map<string, Deletion['outcome']>();
  for (const path of paths) {
    const keys = await keysOf(stack, tenant, path);
    for (const Key of keys) {
      await stack.s3.send(new DeleteObjectCommand({ Bucket: stack.outputs.DocumentsBucketName, Key }));
    }
    outcomes.set(path, keys.length === 0 ? 'unknown' : 'open');
  }
  for (let waitedMs = 0; waitedMs < PATIENCE_MS && [...outcomes.values()].includes('open'); waitedMs += PAUSE_MS) {
    for (const path of await gone(stack, tenant, outcomes)) outcomes.set(path, 'deleted');
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  return [...outcomes].map(([path, outcome]) => ({ path, outcome }));
}

/** The keys below which the document's objects lie; none when nothing is known of it. */
async function keysOf(stack: IngestionStack, tenant: string, path: string): Promise<string[]> {
  const documentKey = documentKeyOf(tenant, path);
  const row = (await stack.rows([documentKey])).get(documentKey);
  const keys = new Set<string>();
  for (const source of row?.status === 'deleted' ? [] : [row?.source, row?.visible?.source]) {
    if (source) keys.add(source.key);
  }
  const single = `${SINGLE_PREFIX}${tenant}/${path}`;
  if (await isThere(stack, single)) keys.add(single);
  return [...keys];
}

async function isThere({ s3, outputs }: IngestionStack, Key: string): Promise<boolean> {
  try {
    await s3.send(new HeadObjectCommand({ Bucket: outputs.DocumentsBucketName, Key }));
    return true;
  } catch (error) {
    if ((error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode === 404) return false;
    throw error;
  }
}

async function gone(stack: IngestionStack, tenant: string, outcomes: ReadonlyMap<string, Deletion['outcome']>) {
  const open = [...outcomes].filter(([, outcome]) => outcome === 'open').map(([path]) => path);
  const rows = await stack.rows(open.map((path) => documentKeyOf(tenant, path)));
  return open.filter((path) => rows.get(documentKeyOf(tenant, path))?.status === 'deleted');
}
