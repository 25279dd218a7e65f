import {
  ConditionalCheckFailedException,
  GetItemCommand,
  PutItemCommand,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Sender } from '../../shared/aws/sender';
import { MOST_ATTEMPTS } from '../domain/link';
import type { RequestStore, RequestWrite } from '../domain/request-store';
import { createRequestIndexes } from './dynamo-request-indexes';
import { fromLinkRow, fromRequestRow, linkKey, requestKey, toLinkRow, toRequestRow } from './request-rows';

/** What the store works with. */
export interface DynamoRequestStoreProps {
  readonly client: Sender;
  /** Keys `pk`, `sk`; indexes `by-status` and `due`; TTL attribute `expiration`. */
  readonly approvalsTable: string;
  /** Keys `requestId`, `seq`. */
  readonly auditTable: string;
}

/** Why a transaction may be cancelled because somebody else was faster. */
const CONFLICTS = new Set(['ConditionalCheckFailed', 'TransactionConflict']);

/** Requests, links and audit rows in two tables. A write is one transaction; the SDK's token makes its retries one. */
export function createDynamoRequestStore(props: DynamoRequestStoreProps): RequestStore {
  const { client, approvalsTable: TableName } = props;

  const find: RequestStore['find'] = async (requestId) => {
    const Key = requestKey(requestId);
    const { Item } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
    return Item && fromRequestRow(Item);
  };

  return {
    find,

    async save(write) {
      const TransactItems = [putRequest(props, write), ...putAuditRows(props, write), ...changeLink(props, write)];
      try {
        await client.send(new TransactWriteItemsCommand({ TransactItems }));
        return 'saved';
      } catch (error) {
        if (isConflict(error)) return 'conflict';
        throw error;
      }
    },

    async findLink(hash) {
      const Key = linkKey(hash);
      const { Item } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
      return Item && fromLinkRow(Item);
    },

    async putLink(link, expiresAt) {
      const Item = toLinkRow(link, expiresAt);
      const put = new PutItemCommand({ TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' });
      await client.send(put).catch((error) => {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      });
    },

    async reserveAttempt(hash, now) {
      try {
        const { Attributes } = await client.send(
          new UpdateItemCommand({
            TableName,
            Key: linkKey(hash),
            UpdateExpression: 'SET attempts = attempts + :one, lastAttemptAt = :now',
            ConditionExpression: 'attempts < :most AND isClosed = :no',
            ExpressionAttributeValues: marshall({ ':one': 1, ':now': now, ':most': MOST_ATTEMPTS, ':no': false }),
            ReturnValues: 'ALL_NEW',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        );
        return { kind: 'reserved', attempts: unmarshall(Attributes).attempts };
      } catch (error) {
        if (nameOf(error) === 'TransactionConflictException') return { kind: 'contended' };
        if (!(error instanceof ConditionalCheckFailedException) || !error.Item) throw error;
        return { kind: 'exhausted', link: fromLinkRow(error.Item) };
      }
    },

    async giveBackAttempt(hash) {
      const update = new UpdateItemCommand({
        TableName,
        Key: linkKey(hash),
        UpdateExpression: 'SET attempts = attempts - :one',
        ConditionExpression: 'attempts > :none',
        ExpressionAttributeValues: marshall({ ':one': 1, ':none': 0 }),
      });
      await client.send(update).catch((error) => {
        // No attempt is there to give back, or a transaction is at the link: one attempt too many stays counted.
        if (error instanceof ConditionalCheckFailedException) return;
        if (nameOf(error) === 'TransactionConflictException') return;
        throw error;
      });
    },

    ...createRequestIndexes({ client, tableName: TableName, find }),
  };
}

function putRequest({ approvalsTable }: DynamoRequestStoreProps, { before, after }: RequestWrite): TransactWriteItem {
  const Put = { TableName: approvalsTable, Item: toRequestRow(after) };
  if (!before) return { Put: { ...Put, ConditionExpression: 'attribute_not_exists(pk)' } };
  return {
    Put: {
      ...Put,
      ConditionExpression: '#version = :before',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: marshall({ ':before': before.version }),
    },
  };
}

function putAuditRows({ auditTable }: DynamoRequestStoreProps, { auditRows }: RequestWrite): TransactWriteItem[] {
  return auditRows.map((row) => ({
    Put: { TableName: auditTable, Item: marshall(row), ConditionExpression: 'attribute_not_exists(requestId)' },
  }));
}

function changeLink({ approvalsTable }: DynamoRequestStoreProps, { link }: RequestWrite): TransactWriteItem[] {
  if (!link) return [];
  const isReset = link.change === 'reset';
  return [
    {
      Update: {
        TableName: approvalsTable,
        Key: linkKey(link.hash),
        UpdateExpression: isReset ? 'SET attempts = :none' : 'SET isClosed = :yes',
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: isReset ? marshall({ ':none': 0 }) : marshall({ ':yes': true }),
      },
    },
  ];
}

function isConflict(error: unknown): boolean {
  if (!(error instanceof TransactionCanceledException)) return false;
  const codes = (error.CancellationReasons ?? []).map(({ Code }) => Code ?? 'None').filter((code) => code !== 'None');
  return codes.length > 0 && codes.every((code) => CONFLICTS.has(code));
}

function nameOf(error: unknown): string | undefined {
  return error instanceof Error ? error.name : undefined;
}
