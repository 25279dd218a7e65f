import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Sender } from '../../shared/aws/sender';
import type { Clock } from '../../shared/clock';
import type { ReconciliationBook } from '../domain/reconciliation-book';

/** As long as Step Functions knows an execution's name. */
const RETENTION_SECONDS = 90 * 24 * 60 * 60;

const COMPARED_UNTIL = 'Reconciliation#comparedUntil';

/** What reconciliation remembers, beside the idempotency records. */
export function createDynamoReconciliationBook(props: {
  client: Sender;
  tableName: string;
  clock: Clock;
}): ReconciliationBook {
  const { client, tableName, clock } = props;
  return {
    isKnown: async (finding) => (await read(`Finding#${finding}`)) !== undefined,
    note: (finding) =>
      write({ id: `Finding#${finding}`, expiration: Math.round(clock.now() / 1000) + RETENTION_SECONDS }),
    comparedUntil: async () => (await read(COMPARED_UNTIL))?.moment,
    setComparedUntil: (moment) => write({ id: COMPARED_UNTIL, moment }),
  };

  async function read(id: string): Promise<Record<string, any> | undefined> {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: tableName, Key: marshall({ id }), ConsistentRead: true }),
    );
    return Item && unmarshall(Item);
  }

  async function write(record: Record<string, unknown>): Promise<void> {
    await client.send(new PutItemCommand({ TableName: tableName, Item: marshall(record) }));
  }
}
