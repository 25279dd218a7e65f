import { BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Sender } from '../../shared/aws/sender';

/** The most that one call reads: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
const MOST_KEYS = 100;

/** DynamoDB may leave part of a batch unread when it throttles; after so many rounds the next run takes over. */
const MOST_ROUNDS = 4;

/** Some attributes of the rows of these keys that there are. Throws an Error when DynamoDB keeps leaving rows unread. */
export async function batchGet(
  client: Sender,
  table: string,
  keys: readonly Readonly<Record<string, string>>[],
  attributes: readonly string[],
): Promise<Record<string, any>[]> {
  const rows: Record<string, any>[] = [];
  const projection = {
    ProjectionExpression: attributes.map((name) => `#${name}`).join(', '),
    ExpressionAttributeNames: Object.fromEntries(attributes.map((name) => [`#${name}`, name])),
  };
  for (let first = 0; first < keys.length; first += MOST_KEYS) {
    const Keys = keys.slice(first, first + MOST_KEYS).map((key) => marshall(key));
    let asked: Record<string, object> | undefined = { [table]: { Keys, ...projection } };
    for (let round = 0; asked && Object.keys(asked).length > 0; round++) {
      if (round >= MOST_ROUNDS) throw new Error(`DynamoDB leaves rows of ${table} unread; the next run reads them.`);
      const { Responses, UnprocessedKeys }: any = await client.send(
        new BatchGetItemCommand({ RequestItems: asked as never }),
      );
      rows.push(...(Responses?.[table] ?? []).map((item: any) => unmarshall(item)));
      asked = UnprocessedKeys;
    }
  }
  return rows;
}
