import {
  ConditionalCheckFailedException,
  GetItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Sender } from '../../shared/aws/sender';
import { type Clock, isoNow } from '../../shared/clock';
import { ReleaseRefused, StockContended } from '../contracts/errors';
import type { Order } from '../domain/order';
import type { ReleaseAttempt, StockReservation } from '../domain/stock-reservation';
import { toOrder } from './order-rows';

/** What the adapter works with. */
export interface DynamoStockReservationProps {
  readonly client: Sender;
  readonly ordersTable: string;
  readonly stockTable: string;
  readonly clock: Clock;
}

/** The reservation of an order's stock in the orders and stock tables. */
export function createDynamoStockReservation(props: DynamoStockReservationProps): StockReservation {
  const { client, ordersTable, stockTable, clock } = props;
  return {
    async read(orderId) {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: ordersTable, Key: marshall({ orderId }), ConsistentRead: true }),
      );
      return Item && toOrder(Item);
    },

    async release(order) {
      try {
        await client.send(
          new TransactWriteItemsCommand({ TransactItems: [releaseRow(order), ...(order.lines ?? []).map(giveBack)] }),
        );
        return 'done';
      } catch (error) {
        if (error instanceof TransactionCanceledException) return attemptAfter(order, error);
        throw error;
      }
    },

    async fence(orderId): Promise<ReleaseAttempt> {
      try {
        await client.send(
          new UpdateItemCommand({
            TableName: ordersTable,
            Key: marshall({ orderId }),
            UpdateExpression:
              'SET #status = :cancelling, #reservation = :released, #updatedAt = :now, #createdAt = if_not_exists(#createdAt, :now), #waitingSince = if_not_exists(#waitingSince, :now)',
            ConditionExpression:
              'attribute_not_exists(#reservation) AND (attribute_not_exists(#status) OR #status IN (:accepted, :cancelling))',
            ExpressionAttributeNames: {
              '#status': 'status',
              '#reservation': 'reservation',
              '#updatedAt': 'updatedAt',
              '#createdAt': 'createdAt',
              '#waitingSince': 'waitingSince',
            },
            ExpressionAttributeValues: marshall({
              ':accepted': 'OrderAccepted',
              ':cancelling': 'OrderCancelling',
              ':released': 'released',
              ':now': isoNow(clock),
            }),
          }),
        );
        return 'done';
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return 'raced';
        throw error;
      }
    },
  };

  function releaseRow(order: Order) {
    return {
      Update: {
        TableName: ordersTable,
        Key: marshall({ orderId: order.orderId }),
        UpdateExpression: 'SET #reservation = :released, #updatedAt = :now',
        ConditionExpression: '#reservation = :held AND #status <> :confirmed',
        ExpressionAttributeNames: { '#reservation': 'reservation', '#status': 'status', '#updatedAt': 'updatedAt' },
        ExpressionAttributeValues: marshall({
          ':released': 'released',
          ':held': 'held',
          ':confirmed': 'OrderConfirmed',
          ':now': isoNow(clock),
        }),
      },
    };
  }

  function giveBack({ sku, quantity }: { sku: string; quantity: number }) {
    return {
      Update: {
        TableName: stockTable,
        Key: marshall({ sku }),
        UpdateExpression: 'SET #held = #held - :quantity, #onHand = #onHand + :quantity',
        ConditionExpression: '#held >= :quantity',
        ExpressionAttributeNames: { '#held': 'held', '#onHand': 'onHand' },
        ExpressionAttributeValues: marshall({ ':quantity': quantity }),
      },
    };
  }
}

/**
 * What a cancelled transaction means; its reasons stand in the order of its items, the row first.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 */
function attemptAfter(order: Order, error: TransactionCanceledException): ReleaseAttempt {
  const codes = (error.CancellationReasons ?? []).map((reason) => reason.Code ?? 'None');
  if (codes[0] === 'ConditionalCheckFailed') return 'raced';
  const short = codes.indexOf('ConditionalCheckFailed');
  if (short > 0) {
    const sku = order.lines?.[short - 1]?.sku;
    throw new ReleaseRefused(`The stock row of ${sku} holds fewer pieces than the order ${order.orderId} reserved.`);
  }
  throw new StockContended(`The stock of ${order.orderId} is being changed (${codes.join(', ')}); try again.`);
}
