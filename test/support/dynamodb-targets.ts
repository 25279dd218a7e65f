import { DescribeTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createDynamoDbService } from '../../local/services/dynamodb/router';
import { type RunningGateway, startGateway } from './embedded';

/** A DynamoDB that a test suite runs against. */
export interface DynamoTarget {
  readonly client: RunningGateway['client'];
  /** Resolves when the tables can be used. */
  settle(client: DynamoDBClient, tables: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** The embedded service behind the gateway. */
export async function embeddedTarget(): Promise<DynamoTarget> {
  const running = await startGateway((host) => [createDynamoDbService(host)]);
  return { client: running.client, settle: async () => {}, close: () => running.close() };
}

/** dynalite, which creates tables in the background. */
export async function oracleTarget(): Promise<DynamoTarget> {
  // dynalite has no types and is needed by these tests alone.
  const dynalite = require('dynalite');
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    client: {
      endpoint: `http://127.0.0.1:${server.address().port}`,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    },
    settle: async (client, tables) => {
      for (const TableName of tables) {
        let status: string | undefined;
        do status = (await client.send(new DescribeTableCommand({ TableName }))).Table?.TableStatus;
        while (status !== 'ACTIVE');
      }
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
