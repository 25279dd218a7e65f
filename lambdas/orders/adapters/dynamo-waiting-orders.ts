import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Sender } from '../../shared/aws/sender';
import type { WaitingOrders } from '../domain/waiting-orders';

/**
 * The orders that wait, from an index in which only rows with `waitingSince` stand: as small as the number of orders
 * under way, however many have ended. It is read whole, so its partition key may be as many-valued as it likes, and
 * no partition becomes hot. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-indexes-general-sparse-indexes.html
 */
export function createDynamoWaitingOrders(props: {
  client: Sender;
  tableName: string;
  indexName: string;
}): WaitingOrders {
  const { client, tableName, indexName } = props;
  return {
    async *before(moment) {
      let ExclusiveStartKey: Record<string, any> | undefined;
      do {
        const page: any = await client.send(
          new ScanCommand({
            TableName: tableName,
            IndexName: indexName,
            FilterExpression: '#waitingSince < :moment',
            ExpressionAttributeNames: { '#waitingSince': 'waitingSince' },
            ExpressionAttributeValues: marshall({ ':moment': moment }),
            ExclusiveStartKey,
          }),
        );
        for (const item of page.Items ?? []) yield unmarshall(item).orderId as string;
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey);
    },
  };
}
