import { ConditionalCheckFailedException, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Sender } from '../../shared/aws/sender';
import type { OrderStore } from '../domain/order-store';
import { toOrder } from './order-rows';

/** Rows of the orders table. */
export function createDynamoOrderStore({ client, tableName }: { client: Sender; tableName: string }): OrderStore {
  return {
    async accept(order) {
      try {
        await client.send(
          new PutItemCommand({
            TableName: tableName,
            Item: marshall(order, { removeUndefinedValues: true }),
            ConditionExpression: 'attribute_not_exists(orderId)',
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        );
        return undefined;
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException) || !error.Item) throw error;
        return toOrder(error.Item);
      }
    },
    async find(orderId) {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: tableName, Key: marshall({ orderId }), ConsistentRead: true }),
      );
      return Item && toOrder(Item);
    },
  };
}
