import {
  type AttributeValue,
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { type DynamoTarget, embeddedTarget, oracleTarget } from './dynamodb-targets';

/** A client of one target with the tables `orders` (both kinds of index) and `stock`, ready once the tests run. */
export interface DynamoTables {
  readonly client: DynamoDBClient;
  /** Puts into `stock`. */
  put(item: Record<string, AttributeValue>, more?: Partial<PutItemCommandInput>): Promise<Record<string, any>>;
  /** Gets from `stock`. */
  get(sku: string): Promise<Record<string, AttributeValue> | undefined>;
  /** Updates in `stock`. */
  update(sku: string, more: Partial<UpdateItemCommandInput>): Promise<Record<string, any>>;
}

/** The same expectations of the embedded service and of dynalite, which was tested against AWS by its authors. */
export function describeDynamoDb(title: string, suite: (tables: DynamoTables) => void): void {
  describe.each<[string, () => Promise<DynamoTarget>]>([
    ['the embedded DynamoDB', embeddedTarget],
    ['dynalite', oracleTarget],
  ])(`${title} of %s, called by the AWS SDK`, (_name, start) => {
    let target: DynamoTarget;
    let client: DynamoDBClient;

    beforeAll(async () => {
      target = await start();
      client = new DynamoDBClient(target.client);
      await createTables(client);
      await target.settle(client, ['orders', 'stock']);
    });

    afterAll(async () => {
      client.destroy();
      await target.close();
    });

    suite({
      get client() {
        return client;
      },
      put: (Item, more = {}) => client.send(new PutItemCommand({ TableName: 'stock', Item, ...more })),
      get: async (sku) =>
        (await client.send(new GetItemCommand({ TableName: 'stock', Key: { sku: { S: sku } } }))).Item,
      update: (sku, more) =>
        client.send(new UpdateItemCommand({ TableName: 'stock', Key: { sku: { S: sku } }, ...more })),
    });
  });
}

async function createTables(client: DynamoDBClient): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName: 'orders',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'N' },
        { AttributeName: 'owner', AttributeType: 'S' },
        { AttributeName: 'at', AttributeType: 'S' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-owner',
          KeySchema: [
            { AttributeName: 'owner', KeyType: 'HASH' },
            { AttributeName: 'at', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['total'] },
        },
      ],
      LocalSecondaryIndexes: [
        {
          IndexName: 'by-time',
          KeySchema: [
            { AttributeName: 'pk', KeyType: 'HASH' },
            { AttributeName: 'at', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  );
  await client.send(
    new CreateTableCommand({
      TableName: 'stock',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'sku', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'sku', AttributeType: 'S' }],
    }),
  );
}
