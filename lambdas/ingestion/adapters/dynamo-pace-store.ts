import { ConditionalCheckFailedException, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Sender } from '../../shared/aws/sender';
import type { PaceStore } from '../domain/shared-pace';

/** The row of the one pace there is. */
const NAME = 'embedding';

/** The shared pace as one row of a table with the key `name`. */
export function createDynamoPaceStore(client: Sender, tableName: string): PaceStore {
  return {
    async read() {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: tableName, Key: marshall({ name: NAME }), ConsistentRead: true }),
      );
      if (!Item) return undefined;
      const { name: _, revision, ...state } = unmarshall(Item);
      return { state: state as any, revision };
    },

    async write(state, revision) {
      try {
        await client.send(
          new PutItemCommand({
            TableName: tableName,
            Item: marshall({ ...state, name: NAME, revision: revision + 1 }, { removeUndefinedValues: true }),
            ConditionExpression: revision === 0 ? 'attribute_not_exists(#name)' : '#revision = :revision',
            ...(revision === 0
              ? { ExpressionAttributeNames: { '#name': 'name' } }
              : {
                  ExpressionAttributeNames: { '#revision': 'revision' },
                  ExpressionAttributeValues: marshall({ ':revision': revision }),
                }),
          }),
        );
        return 'saved';
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return 'conflict';
        throw error;
      }
    },
  };
}
