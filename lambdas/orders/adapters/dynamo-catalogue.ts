import { BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Sender } from '../../shared/aws/sender';
import type { Clock } from '../../shared/clock';
import type { Catalogue } from '../domain/catalogue';

/**
 * DynamoDB may leave part of a batch unread when it throttles; after this many rounds the caller's own retry takes
 * over.
 */
const MOST_ROUNDS = 4;

/** Prices from the stock table. */
export function createDynamoCatalogue(props: { client: Sender; tableName: string; clock: Clock }): Catalogue {
  const { client, tableName, clock } = props;
  return {
    async prices(skus) {
      const prices = new Map<string, number>();
      let keys: Record<string, any>[] = skus.map((sku) => marshall({ sku }));
      for (let round = 0; keys.length > 0; round++) {
        if (round >= MOST_ROUNDS) throw new Error(`${tableName} left ${keys.length} products unread; try again.`);
        if (round > 0) await clock.sleep(50 * 2 ** round);
        const { Responses, UnprocessedKeys } = await client.send(
          new BatchGetItemCommand({
            RequestItems: {
              [tableName]: {
                Keys: keys,
                ProjectionExpression: '#sku, #price',
                ExpressionAttributeNames: { '#sku': 'sku', '#price': 'unitPriceCents' },
              },
            },
          }),
        );
        for (const item of Responses?.[tableName] ?? []) {
          const { sku, unitPriceCents } = unmarshall(item);
          if (typeof unitPriceCents === 'number') prices.set(sku, unitPriceCents);
        }
        keys = UnprocessedKeys?.[tableName]?.Keys ?? [];
      }
      return prices;
    },
  };
}
