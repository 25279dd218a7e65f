import {
  CreateTableCommand,
  DescribeLimitsCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ExecuteStatementCommand,
  ListBackupsCommand,
} from '@aws-sdk/client-dynamodb';
import { createDynamoDbService } from '../../local/services/dynamodb/router';
import { type RunningGateway, startGateway } from '../support/embedded';

let running: RunningGateway;
let dynamodb: DynamoDBClient;
beforeAll(async () => {
  running = await startGateway((host) => [createDynamoDbService(host)]);
  dynamodb = new DynamoDBClient(running.client);
  await dynamodb.send(
    new CreateTableCommand({
      TableName: 'stock',
      KeySchema: [{ AttributeName: 'sku', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'sku', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
});
afterAll(async () => {
  dynamodb.destroy();
  await running.close();
});

describe('what tools ask DynamoDB besides items', () => {
  it('the quotas of the account', async () => {
    expect(await dynamodb.send(new DescribeLimitsCommand({}))).toMatchObject({
      AccountMaxReadCapacityUnits: 80_000,
      TableMaxWriteCapacityUnits: 40_000,
    });
  });

  it('backups, of which there are none, on a page of 1 to 100', async () => {
    expect((await dynamodb.send(new ListBackupsCommand({ TableName: 'stock' }))).BackupSummaries).toEqual([]);
    await expect(dynamodb.send(new ListBackupsCommand({ Limit: 101 }))).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining("Value '101' at 'limit' failed to satisfy constraint"),
    });
  });

  it('the time to live of a table, and of one that is not there', async () => {
    const of = (TableName: string) => dynamodb.send(new DescribeTimeToLiveCommand({ TableName }));
    expect((await of('stock')).TimeToLiveDescription).toEqual({ TimeToLiveStatus: 'DISABLED' });
    await expect(of('missing')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Requested resource not found: Table: missing not found',
    });
  });

  it('rejects PartiQL as an operation that is not known, and says so', async () => {
    const statement = dynamodb.send(new ExecuteStatementCommand({ Statement: 'SELECT * FROM stock' }));
    await expect(statement).rejects.toMatchObject({ name: 'UnknownOperationException' });
    expect(running.warnings).toEqual([expect.stringContaining('dynamodb: operation ExecuteStatement is not emulated')]);
  });
});
