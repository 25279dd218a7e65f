import { ConditionalCheckFailedException, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Sender } from '../../shared/aws/sender';
import { type Clock, isoNow } from '../../shared/clock';
import { ORDER_ENDS } from '../contracts/names';

/** Gives orders the end OrderNeedsReview, unless they have an end. */
export function createDynamoOrderReview(props: { client: Sender; tableName: string; clock: Clock }) {
  const { client, tableName, clock } = props;
  return async (orderId: string, reason: string): Promise<void> => {
    const ends = Object.fromEntries(ORDER_ENDS.map((end, index) => [`:end${index}`, end]));
    try {
      await client.send(
        new UpdateItemCommand({
          TableName: tableName,
          Key: marshall({ orderId }),
          UpdateExpression: 'SET #status = :review, #reason = :reason, #updatedAt = :now REMOVE #waitingSince',
          ConditionExpression: `attribute_not_exists(#status) OR NOT (#status IN (${Object.keys(ends).join(', ')}))`,
          ExpressionAttributeNames: {
            '#status': 'status',
            '#reason': 'reason',
            '#waitingSince': 'waitingSince',
            '#updatedAt': 'updatedAt',
          },
          ExpressionAttributeValues: marshall({
            ':review': 'OrderNeedsReview',
            ':reason': reason,
            ':now': isoNow(clock),
            ...ends,
          }),
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  };
}
