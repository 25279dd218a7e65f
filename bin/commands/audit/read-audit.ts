import { type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { ApprovalsClient } from '../approvals/client';
import type { AuditRow, ChainEnd } from './row';

/** A request's rows, ascending. */
export interface Chain {
  readonly requestId: string;
  readonly rows: readonly AuditRow[];
}

/**
 * Every chain of the audit table, one at a time: a scan gives the items of one partition together and in the order of their
 * sort key, so no more than one chain is held.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.Partitions.html
 */
export async function* readChains(client: DynamoDBClient, tableName: string): AsyncGenerator<Chain> {
  let rows: AuditRow[] = [];
  for await (const page of paginateScan({ client }, { TableName: tableName, ConsistentRead: true })) {
    for (const item of page.Items ?? []) {
      const row = unmarshall(item) as AuditRow;
      if (rows[0] && rows[0].requestId !== row.requestId) {
        yield { requestId: rows[0].requestId, rows };
        rows = [];
      }
      rows.push(row);
    }
  }
  if (rows[0]) yield { requestId: rows[0].requestId, rows };
}

/** Where the chain of each request ends, by request id, as the requests' rows say. */
export async function readChainEnds(client: DynamoDBClient, tableName: string): Promise<Map<string, ChainEnd>> {
  const ends = new Map<string, ChainEnd>();
  const pages = paginateScan(
    { client },
    {
      TableName: tableName,
      ConsistentRead: true,
      FilterExpression: 'sk = :request',
      ExpressionAttributeValues: { ':request': { S: 'request' } },
    },
  );
  for await (const page of pages) {
    for (const item of page.Items ?? []) {
      const { requestId, audit } = JSON.parse(unmarshall(item).request);
      ends.set(requestId, audit);
    }
  }
  return ends;
}

const STATUSES = ['pending', 'approved', 'rejected', 'expired', 'revoked'];

/**
 * The same, as the operators' API says it, for who may not read the table: its rows hold what nobody needs who only verifies. One call for each
 * request.
 */
export async function askChainEnds(client: ApprovalsClient): Promise<Map<string, ChainEnd>> {
  const ends = new Map<string, ChainEnd>();
  for (const status of STATUSES) {
    for await (const { requestId } of client.list(status)) {
      const { audit } = await client.show(requestId);
      ends.set(requestId, audit as ChainEnd);
    }
  }
  return ends;
}
