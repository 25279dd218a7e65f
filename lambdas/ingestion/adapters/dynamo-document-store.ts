import {
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Sender } from '../../shared/aws/sender';
import type { Clock } from '../../shared/clock';
import type { DocumentRow } from '../domain/document';
import type { DocumentStore } from '../domain/document-store';
import { documentKeyAttribute, fromDocumentRow, toDocumentRow } from './document-rows';

/** What the store works with. */
export interface DynamoDocumentStoreProps {
  readonly client: Sender;
  /** Key `documentKey`; indexes `by-tenant` and `sweep`; TTL attribute `expiration`. */
  readonly tableName: string;
  readonly clock: Clock;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
const MOST_READ = 100;
const MOST_TRIES = 6;

/** Rows of the documents table; its lists are in dynamo-document-lists. */
export function createDynamoDocumentStore(
  props: DynamoDocumentStoreProps,
): Pick<DocumentStore, 'find' | 'findMany' | 'save'> {
  const { client, tableName: TableName } = props;
  return {
    async find(documentKey) {
      const Key = documentKeyAttribute(documentKey);
      const { Item } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
      return Item && fromDocumentRow(Item);
    },

    findMany: (documentKeys) => findDocuments(props, documentKeys),

    async save(row) {
      const put = new PutItemCommand({
        TableName,
        Item: toDocumentRow(row),
        ...(row.revision === 1
          ? { ConditionExpression: 'attribute_not_exists(documentKey)' }
          : {
              ConditionExpression: '#revision = :before',
              ExpressionAttributeNames: { '#revision': 'revision' },
              ExpressionAttributeValues: marshall({ ':before': row.revision - 1 }),
            }),
      });
      try {
        await client.send(put);
        return 'saved';
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return 'conflict';
        throw error;
      }
    },
  };
}

/** Reads rows by key, consistently. Throws an Error when the table leaves some out again and again. */
export async function findDocuments(
  { client, tableName, clock }: DynamoDocumentStoreProps,
  documentKeys: readonly string[],
): Promise<Map<string, DocumentRow>> {
  const rows = new Map<string, DocumentRow>();
  const unique = [...new Set(documentKeys)];
  for (let from = 0; from < unique.length; from += MOST_READ) {
    let left: any[] = unique.slice(from, from + MOST_READ).map(documentKeyAttribute);
    for (let attempt = 1; left.length > 0; attempt += 1) {
      if (attempt > MOST_TRIES) throw new Error('The documents table left rows of a batch unread.');
      if (attempt > 1) await clock.sleep(50 * 2 ** attempt);
      const { Responses, UnprocessedKeys } = await client.send(
        new BatchGetItemCommand({ RequestItems: { [tableName]: { Keys: left, ConsistentRead: true } } }),
      );
      for (const item of Responses?.[tableName] ?? []) {
        const row = fromDocumentRow(item);
        rows.set(row.documentKey, row);
      }
      left = UnprocessedKeys?.[tableName]?.Keys ?? [];
    }
  }
  return rows;
}
