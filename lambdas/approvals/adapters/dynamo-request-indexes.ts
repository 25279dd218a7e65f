import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Sender } from '../../shared/aws/sender';
import { InvalidCursor } from '../domain/invalid-cursor';
import type { ApprovalRequest } from '../domain/request';
import type { RequestStore } from '../domain/request-store';
import { requestIdOfKey } from './request-rows';

/** What the lists work with. */
export interface RequestIndexesProps {
  readonly client: Sender;
  readonly tableName: string;
  readonly find: (requestId: string) => Promise<ApprovalRequest | undefined>;
}

/** The lists of requests, over indexes that hold keys alone; each request is then read as it is now. */
export function createRequestIndexes({
  client,
  tableName: TableName,
  find,
}: RequestIndexesProps): Pick<RequestStore, 'list' | 'due'> {
  return {
    async list({ status, limit, cursor }) {
      const query = new QueryCommand({
        TableName,
        IndexName: 'by-status',
        KeyConditionExpression: '#status = :status',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: marshall({ ':status': status }),
        ScanIndexForward: false,
        Limit: limit,
        ExclusiveStartKey: startKey(cursor, { status: 'string', openedAt: 'number' }),
      });
      const page = await pageOf(client, query);
      const found = await Promise.all(page.requestIds.map(find));
      // The index may lag behind the table: a request that has another status by now is not in this list any more.
      const requests = found.filter((request) => request?.status === status) as ApprovalRequest[];
      return { requests, cursor: page.cursor };
    },

    async due({ queue, before, limit, cursor }) {
      const query = new QueryCommand({
        TableName,
        IndexName: 'due',
        KeyConditionExpression: 'dueQueue = :queue AND dueAt < :before',
        ExpressionAttributeValues: marshall({ ':queue': queue, ':before': before }),
        Limit: limit,
        ExclusiveStartKey: startKey(cursor, { dueQueue: 'string', dueAt: 'number' }),
      });
      return pageOf(client, query);
    },
  };
}

async function pageOf(client: Sender, query: QueryCommand): Promise<{ requestIds: string[]; cursor?: string }> {
  const { Items = [], LastEvaluatedKey } = await client.send(query).catch((error) => {
    // A cursor of the right shape whose key belongs to another status.
    if (query.input.ExclusiveStartKey && error?.name === 'ValidationException') throw invalidCursor();
    throw error;
  });
  const requestIds = Items.map((item: any) => requestIdOfKey(item.pk.S));
  return { requestIds, cursor: LastEvaluatedKey && cursorOf(unmarshall(LastEvaluatedKey)) };
}

function cursorOf(key: object): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

function startKey(cursor: string | undefined, indexKey: Readonly<Record<string, string>>) {
  if (cursor === undefined) return undefined;
  const key = parsed(cursor);
  const shape = { pk: 'string', sk: 'string', ...indexKey };
  const names = Object.keys(shape) as (keyof typeof shape)[];
  const isWhole = names.every((name) => typeof key?.[name] === shape[name]);
  if (!key || !isWhole || Object.keys(key).length !== names.length) throw invalidCursor();
  return marshall(key);
}

function parsed(cursor: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return value !== null && typeof value === 'object' ? value : undefined;
  } catch {
    return undefined;
  }
}

function invalidCursor(): InvalidCursor {
  return new InvalidCursor('The cursor comes from no page of this list; leave it out to begin again.');
}
