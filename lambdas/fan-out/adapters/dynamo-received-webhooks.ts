import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Sender } from '../../shared/aws/sender';
import { type Clock, isoNow } from '../../shared/clock';
import type { ReceivedWebhooks } from '../domain/receive-webhook';

/** What the built-in receiver got, one row per event, in a table with the partition key `eventId`. */
export function createDynamoReceivedWebhooks(props: {
  client: Sender;
  tableName: string;
  clock: Clock;
}): ReceivedWebhooks {
  const { client, tableName, clock } = props;
  return {
    async add(eventId, body) {
      await client.send(
        new UpdateItemCommand({
          TableName: tableName,
          Key: marshall({ eventId }),
          UpdateExpression:
            'SET #body = if_not_exists(#body, :body), #lastAt = :now, #firstAt = if_not_exists(#firstAt, :now) ADD #receipts :one',
          ExpressionAttributeNames: {
            '#body': 'body',
            '#lastAt': 'lastAt',
            '#firstAt': 'firstAt',
            '#receipts': 'receipts',
          },
          ExpressionAttributeValues: marshall({ ':body': body, ':now': isoNow(clock), ':one': 1 }),
        }),
      );
    },
  };
}
