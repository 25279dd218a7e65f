import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Sender } from '../../shared/aws/sender';
import type { Customers } from '../domain/customers';

/** Customers as they stand in the rows of the orders table: nothing of them travels on the bus or lies in a queue. */
export function createDynamoCustomers({ client, tableName }: { client: Sender; tableName: string }): Customers {
  return {
    async addressOf(orderId) {
      const { Item } = await client.send(
        new GetItemCommand({
          TableName: tableName,
          Key: marshall({ orderId }),
          ProjectionExpression: '#customer',
          ExpressionAttributeNames: { '#customer': 'customer' },
        }),
      );
      const email = Item && unmarshall(Item).customer?.email;
      return typeof email === 'string' && email !== '' ? email : undefined;
    },
  };
}
