import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Sender } from '../../../lambdas/shared/aws/sender';
import { SeededRandom } from '../../../local/kernel/random';
import type { SimulatedClock } from '../../../local/kernel/simulated-clock';
import { createDynamoDbService } from '../../../local/services/dynamodb/router';
import { AwsError } from '../../../local/wire/aws-error';
import { Gateway } from '../../../local/wire/gateway';

/** The tables of the orders stack with their keys. */
export const TABLES = {
  orders: ['orderId'],
  stock: ['sku'],
  payments: ['paymentKey'],
  shipments: ['shipmentKey'],
  idempotency: ['id'],
  faults: ['scope', 'operation'],
} as const;

function keySchema(keys: readonly string[]) {
  return keys.map((AttributeName, index) => ({ AttributeName, KeyType: index === 0 ? 'HASH' : 'RANGE' }));
}

/** The index of orders that wait. */
const WAITING = {
  IndexName: 'waiting',
  KeySchema: keySchema(['waitingSince', 'orderId']),
  Projection: { ProjectionType: 'KEYS_ONLY' },
};

/** An embedded DynamoDB in this process, without a network. */
export interface EmbeddedTables {
  /** To be handed to adapters as their client. */
  readonly client: { send: Sender['send'] };
  /** Names of the operations sent so far. */
  readonly sent: string[];
  put(table: keyof typeof TABLES, item: object): Promise<void>;
  get(table: keyof typeof TABLES, key: object): Promise<Record<string, any> | undefined>;
  /** Runs before each operation; a promise delays it, an error fails it. */
  beforeSend?: (operation: string, input: any) => Promise<void> | void;
}

/** Creates the tables of the orders stack, empty. */
export async function createEmbeddedTables(
  clock: SimulatedClock,
  { transactionMilliseconds = 0 } = {},
): Promise<EmbeddedTables> {
  const gateway = new Gateway({ kernel: { clock, random: new SeededRandom(1) } });
  gateway.register(createDynamoDbService(gateway, { transactionMilliseconds }));
  const administrator = gateway.identify('test');
  const call = (operation: string, input: object) => gateway.call(administrator, 'dynamodb', operation, input);

  for (const [TableName, keys] of Object.entries(TABLES)) {
    await call('CreateTable', {
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [...keys, ...(TableName === 'orders' ? ['waitingSince'] : [])].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S',
      })),
      KeySchema: keySchema(keys),
      ...(TableName === 'orders' && { GlobalSecondaryIndexes: [WAITING] }),
    });
  }

  const tables: EmbeddedTables = {
    sent: [],
    client: {
      async send(command) {
        const operation = command.constructor.name.replace(/Command$/, '');
        await tables.beforeSend?.(operation, command.input);
        tables.sent.push(operation);
        return call(operation, command.input).catch((error) => {
          throw asSdkError(error);
        });
      },
    },
    async put(TableName, item) {
      await call('PutItem', { TableName, Item: marshall(item, { removeUndefinedValues: true }) });
    },
    async get(TableName, key) {
      const { Item } = await call('GetItem', { TableName, Key: marshall(key) });
      return Item && unmarshall(Item);
    },
  };
  return tables;
}

/** The error as the SDK's client would raise it. */
function asSdkError(error: unknown): unknown {
  if (!(error instanceof AwsError)) return error;
  const { code, message, details } = error;
  const shape = { message, $metadata: {}, ...details } as any;
  if (code === 'ConditionalCheckFailedException') return new ConditionalCheckFailedException(shape);
  if (code === 'TransactionCanceledException') return new TransactionCanceledException(shape);
  return Object.assign(new Error(message), { name: code });
}
