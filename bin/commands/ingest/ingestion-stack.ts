import { createHash } from 'node:crypto';
import { BatchGetItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { IngestionOutputs } from '../outputs-file';

/** A version of an object. */
export interface ObjectVersion {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
}

/** A document's row, as far as clients read it. */
export interface DocumentRow {
  readonly documentKey: string;
  readonly status: 'pending' | 'visible' | 'quarantined' | 'deleted';
  readonly reason?: string;
  /** The object that the status speaks of. */
  readonly source?: ObjectVersion;
  /** What readers see; its own source differs from the row's when the same content came again. */
  readonly visible?: { readonly chunkCount: number; readonly source: ObjectVersion };
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
const MOST_ROWS = 100;
/** Before rows that the table left out are asked for again. */
const UNREAD_PAUSE_MS = 200;

/** A deployed ingestion stack as its clients see it: AWS APIs and names from an outputs file, nothing else. */
export class IngestionStack {
  readonly s3: S3Client;
  readonly sfn: SFNClient;
  private readonly dynamodb: DynamoDBClient;

  constructor(readonly outputs: IngestionOutputs) {
    const config = { region: outputs.Region };
    this.s3 = new S3Client(config);
    this.sfn = new SFNClient(config);
    this.dynamodb = new DynamoDBClient(config);
  }

  /** The rows of documents by their keys, read consistently; those that are not there yet are left out. */
  async rows(documentKeys: readonly string[]): Promise<Map<string, DocumentRow>> {
    const rows = new Map<string, DocumentRow>();
    const table = this.outputs.DocumentsTableName;
    let left = documentKeys.map((documentKey) => marshall({ documentKey }));
    while (left.length > 0) {
      const Keys = left.slice(0, MOST_ROWS);
      const answer = await this.dynamodb.send(
        new BatchGetItemCommand({ RequestItems: { [table]: { Keys, ConsistentRead: true } } }),
      );
      for (const item of answer.Responses?.[table] ?? []) {
        const row = unmarshall(item) as DocumentRow;
        rows.set(row.documentKey, row);
      }
      const unread = answer.UnprocessedKeys?.[table]?.Keys ?? [];
      if (unread.length > 0) await new Promise((resolve) => setTimeout(resolve, UNREAD_PAUSE_MS));
      left = [...left.slice(MOST_ROWS), ...unread];
    }
    return rows;
  }

  /** Closes connections, so that a command can end. */
  close(): void {
    for (const client of [this.s3, this.sfn, this.dynamodb]) client.destroy();
  }
}

/** The key of a document's row, which is also what the names of its executions begin with. */
export function documentKeyOf(tenant: string, path: string): string {
  return createHash('sha256').update(`${tenant}/${path}`).digest('base64url').slice(0, 32);
}
