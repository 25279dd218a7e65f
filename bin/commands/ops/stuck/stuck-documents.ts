import { paginateScan } from '@aws-sdk/client-dynamodb';
import { CopyObjectCommand, HeadObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Row } from '../../reconcile/row';
import type { Aws } from '../aws';
import { stackWith } from '../deployment';
import { executionsOf } from '../executions';
import type { Search, Stuck } from './stuck';

const SINGLE_PREFIX = 'documents/';

/** Names of executions begin with the key of the document's row: this many characters. */
const DOCUMENT_KEY_LENGTH = 32;

/**
 * Documents with a version on its way and no execution that brings it. Scans the documents table, and needs `states:ListExecutions` and `s3:ListBucket`; to repair,
 * what copying an object onto itself needs. While a load runs, documents that may be its own are not judged.
 */
export async function stuckDocuments(aws: Aws, beforeMs: number): Promise<Search> {
  const stack = stackWith(aws.deployment, 'IngestMachineArn');
  if (!stack) return { found: [], blind: [] };
  const { DocumentsTableName, DocumentsBucketName, IngestMachineArn, LoadMachineArn } = stack.outputs as Record<
    string,
    string
  >;
  const waiting: { row: Row; sinceMs: number }[] = [];
  for await (const { Items = [] } of paginateScan(
    { client: aws.dynamodb },
    { TableName: DocumentsTableName, ConsistentRead: true },
  )) {
    for (const row of Items.map((item) => unmarshall(item) as Row)) {
      const sinceMs = Math.max(0, ...row.pending.map(({ since }) => since));
      if (row.pending.length > 0 && sinceMs <= beforeMs) waiting.push({ row, sinceMs });
    }
  }
  if (waiting.length === 0) return { found: [], blind: [] };
  // After the rows: an execution that has begun since is no reason to call its document stuck, one that has ended has changed its row.
  const running = await runningKeys(aws, IngestMachineArn!);
  const isLoading = (await runningKeys(aws, LoadMachineArn!)).size > 0;
  const found: Stuck[] = [];
  let unjudged = 0;
  for (const { row, sinceMs } of waiting.filter(({ row: { documentKey } }) => !running.has(documentKey))) {
    const key = `${SINGLE_PREFIX}${row.tenant}/${row.path}`;
    const isSingle = await isThere(aws, DocumentsBucketName!, key);
    if (!isSingle && isLoading) {
      unjudged++;
      continue;
    }
    const base = { stack, kind: 'document' as const, id: `${row.tenant}/${row.path}`, sinceMs };
    const why = 'a version is on its way, and no execution brings it';
    found.push(
      isSingle
        ? {
            ...base,
            why,
            remedy: 'copies the object onto itself: a new version is a new run',
            repair: () => copyOntoItself(aws, DocumentsBucketName!, key),
          }
        : {
            ...base,
            why,
            remedy: 'start its load again: see docs/operating.md; the sweeper deletes what is left of it',
          },
    );
  }
  const blind = unjudged > 0 ? [`${unjudged} documents that a load which runs may bring`] : [];
  return { found, blind };
}

async function runningKeys({ sfn }: Aws, machineArn: string): Promise<Set<string>> {
  const keys = new Set<string>();
  for await (const { name } of executionsOf(sfn, machineArn, { status: 'RUNNING' }))
    keys.add(name!.slice(0, DOCUMENT_KEY_LENGTH));
  return keys;
}

/** By listing, so that whoever only looks need not be able to read the document. A key comes before those that it begins. */
async function isThere({ s3 }: Aws, Bucket: string, Prefix: string): Promise<boolean> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix, MaxKeys: 1 }));
  return Contents[0]?.Key === Prefix;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html: a copy onto itself must change something, if only its metadata. */
async function copyOntoItself({ s3 }: Aws, Bucket: string, Key: string): Promise<void> {
  const { ContentType, Metadata } = await s3.send(new HeadObjectCommand({ Bucket, Key }));
  const CopySource = `${Bucket}/${Key.split('/').map(encodeURIComponent).join('/')}`;
  await s3.send(
    new CopyObjectCommand({ Bucket, Key, CopySource, ContentType, Metadata, MetadataDirective: 'REPLACE' }),
  );
}
