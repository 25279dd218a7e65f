import { ConditionalCheckFailedException, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Sender } from '../../shared/aws/sender';
import { contentHash } from '../../shared/content-hash';
import type { BreakerStore } from '../domain/breaker/breaker-store';

/**
 * The row of the breaker of one webhook, in a table with the partition key `webhook`: a hash, since an address may hold a
 * secret.
 */
export function createDynamoBreakerStore(props: { client: Sender; tableName: string; url: string }): BreakerStore {
  const { client, tableName, url } = props;
  const webhook = contentHash(url);
  return {
    async read() {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: tableName, Key: marshall({ webhook }), ConsistentRead: true }),
      );
      if (!Item) return undefined;
      const { state, version } = unmarshall(Item);
      return { state, version } as Awaited<ReturnType<BreakerStore['read']>>;
    },
    async write(state, after) {
      try {
        await client.send(
          new PutItemCommand({
            TableName: tableName,
            Item: marshall({ webhook, host: new URL(url).host, state, version: after + 1 }),
            ConditionExpression: 'attribute_not_exists(#version) OR #version = :after',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: marshall({ ':after': after }),
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
  };
}
