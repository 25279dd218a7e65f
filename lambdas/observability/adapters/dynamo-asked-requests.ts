import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { requestIdOfKey } from '../../approvals/adapters/request-rows';
import type { Sender } from '../../shared/aws/sender';
import type { AskedRequests, RequestStatus } from '../domain/asked-requests';
import { batchGet } from './batch-get';

/** Where requests and their trails lie: the tables of approvals. */
export interface DynamoAskedRequestsProps {
  readonly client: Sender;
  readonly table: string;
  readonly auditTable: string;
}

/** What a watcher reads of a row; the request itself, in which a payload and a sealed token stand, is not among it. */
const READ = ['pk', 'sk', 'openedAt', 'askedBy', 'decidedAt', 'auditCount', 'auditHead'];

/** Requests by the index `by-status`, which holds keys alone, and their rows, without what they ask for. */
export function createDynamoAskedRequests({ client, table, auditTable }: DynamoAskedRequestsProps): AskedRequests {
  const query = (
    status: RequestStatus,
    more: { from?: number; to?: number; latestFirst: boolean; limit: number; start?: object },
  ) =>
    client.send(
      new QueryCommand({
        TableName: table,
        IndexName: 'by-status',
        KeyConditionExpression: '#status = :status AND #openedAt BETWEEN :from AND :to',
        ExpressionAttributeNames: { '#status': 'status', '#openedAt': 'openedAt' },
        ExpressionAttributeValues: marshall({
          ':status': status,
          ':from': Math.floor(more.from ?? 0),
          ':to': Math.floor(more.to ?? Number.MAX_SAFE_INTEGER),
        }),
        ScanIndexForward: !more.latestFirst,
        Limit: more.limit,
        ExclusiveStartKey: more.start as never,
      }),
    );

  return {
    async oldestPending() {
      const { Items = [] } = await query('pending', { latestFirst: false, limit: 1 });
      return Items[0] && unmarshall(Items[0]).openedAt;
    },

    async opened({ status, from, to, most }) {
      const keys: { pk: string; sk: string }[] = [];
      let start: object | undefined;
      do {
        const limit = most - keys.length;
        const { Items = [], LastEvaluatedKey } = await query(status, { from, to, latestFirst: true, limit, start });
        for (const item of Items) {
          const { pk, sk } = unmarshall(item);
          keys.push({ pk, sk });
        }
        start = LastEvaluatedKey;
      } while (start && keys.length < most);
      const rows = await batchGet(client, table, keys, READ);
      const requests = rows.map(({ pk, openedAt, askedBy, decidedAt, auditCount, auditHead }) => ({
        ...{ requestId: requestIdOfKey(pk), openedAt, askedBy, decidedAt, auditCount, auditHead },
      }));
      return { requests, isComplete: start === undefined };
    },

    async isAuditWhole({ requestId, auditCount, auditHead }) {
      let count = 0;
      let start: Record<string, any> | undefined;
      do {
        const page: any = await client.send(
          new QueryCommand({
            TableName: auditTable,
            KeyConditionExpression: 'requestId = :requestId AND seq <= :count',
            ExpressionAttributeValues: marshall({ ':requestId': requestId, ':count': auditCount }),
            ProjectionExpression: 'seq, #hash',
            ExpressionAttributeNames: { '#hash': 'hash' },
            ConsistentRead: true,
            ExclusiveStartKey: start,
          }),
        );
        const rows: Record<string, any>[] = (page.Items ?? []).map((item: any) => unmarshall(item));
        if (rows.some(({ seq, hash }) => seq === auditCount && hash !== auditHead)) return false;
        count += rows.length;
        start = page.LastEvaluatedKey;
      } while (start);
      return count === auditCount;
    },
  };
}
