import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { type DocumentStore, InvalidCursor } from '../domain/document-store';
import { SWEEP_PARTITION } from './document-rows';
import { type DynamoDocumentStoreProps, findDocuments } from './dynamo-document-store';

/** Lists of the documents table, through its indexes: these are a moment behind the rows, which are read by key. */
export function createDynamoDocumentLists(props: DynamoDocumentStoreProps): Pick<DocumentStore, 'list' | 'due'> {
  const { client, tableName: TableName } = props;
  return {
    async list({ tenant, status, limit, cursor }) {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName,
          IndexName: 'by-tenant',
          KeyConditionExpression: status ? 'tenant = :tenant AND begins_with(statusPath, :status)' : 'tenant = :tenant',
          ExpressionAttributeValues: marshall({ ':tenant': tenant, ...(status && { ':status': `${status}#` }) }),
          Limit: limit,
          ExclusiveStartKey: readCursor(cursor, tenant, status),
        }),
      );
      const keys = Items.map((item: any) => item.documentKey.S);
      const rows = await findDocuments(props, keys);
      const documents = keys.flatMap((key: string) => rows.get(key) ?? []);
      return { documents, cursor: writeCursor(LastEvaluatedKey) };
    },

    async due({ before, limit, cursor }) {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName,
          IndexName: 'sweep',
          KeyConditionExpression: '#sweep = :due AND sweepAt < :before',
          ExpressionAttributeNames: { '#sweep': 'sweep' },
          ExpressionAttributeValues: marshall({ ':due': SWEEP_PARTITION, ':before': before }),
          Limit: limit,
          ExclusiveStartKey: cursor === undefined ? undefined : marshall(JSON.parse(cursor)),
        }),
      );
      return {
        documentKeys: Items.map((item: any) => item.documentKey.S),
        cursor: LastEvaluatedKey && JSON.stringify(unmarshall(LastEvaluatedKey)),
      };
    },
  };
}

function writeCursor(key: Record<string, any> | undefined): string | undefined {
  if (!key) return undefined;
  const { documentKey, statusPath } = unmarshall(key);
  return Buffer.from(JSON.stringify([documentKey, statusPath])).toString('base64url');
}

/** A cursor goes through callers' hands: what it names is only a place in the caller's own list. */
function readCursor(cursor: string | undefined, tenant: string, status = '') {
  if (cursor === undefined) return undefined;
  try {
    const [documentKey, statusPath] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (typeof documentKey === 'string' && typeof statusPath === 'string' && statusPath.startsWith(status)) {
      return marshall({ documentKey, statusPath, tenant });
    }
  } catch {
    // Told below.
  }
  throw new InvalidCursor('cursor must be one that this list gave');
}
