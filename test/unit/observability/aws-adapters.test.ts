import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CreateTableCommand, DynamoDBClient, PutItemCommand, type ScalarAttributeType } from '@aws-sdk/client-dynamodb';
import { CreateStateMachineCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { marshall } from '@aws-sdk/util-dynamodb';
import { toRequestRow } from '../../../lambdas/approvals/adapters/request-rows';
import { createCloudWatchMetrics } from '../../../lambdas/observability/adapters/cloudwatch-metrics';
import { createDynamoAskedRequests } from '../../../lambdas/observability/adapters/dynamo-asked-requests';
import { createDynamoEndRows } from '../../../lambdas/observability/adapters/dynamo-end-rows';
import { createSfnExecutions } from '../../../lambdas/observability/adapters/sfn-executions';
import { SeededRandom } from '../../../local/kernel/random';
import { SimulatedClock } from '../../../local/kernel/simulated-clock';
import { type CloudWatch, createCloudWatch, createCloudWatchService } from '../../../local/services/cloudwatch/router';
import { createDynamoDbService } from '../../../local/services/dynamodb/router';
import { createStepFunctionsService } from '../../../local/services/stepfunctions/router';
import { ASK, createApprovalsRoom } from '../../support/approvals/approvals-room';
import { type RunningGateway, startGateway } from '../../support/embedded';

const clock = new SimulatedClock();
let running: RunningGateway;
let metrics: CloudWatch;
let sfn: SFNClient;
let dynamo: DynamoDBClient;
let cloudWatch: CloudWatchClient;

beforeAll(async () => {
  const kernel = { clock, random: new SeededRandom(1) };
  metrics = createCloudWatch(kernel);
  running = await startGateway(
    (host) => [createCloudWatchService(host, metrics), createDynamoDbService(host), createStepFunctionsService(host)],
    { kernel },
  );
  sfn = new SFNClient(running.client);
  dynamo = new DynamoDBClient(running.client);
  cloudWatch = new CloudWatchClient(running.client);
});

afterAll(async () => {
  for (const client of [sfn, dynamo, cloudWatch]) client.destroy();
  await running.close();
});

describe('executions', () => {
  const Wait = { Type: 'Wait', Seconds: 3600, Next: 'Done' };
  const definition = { StartAt: 'Wait', States: { Wait, Done: { Type: 'Pass', End: true } } };

  it('are listed the oldest first, with their latest move, their definition, and those that have succeeded', async () => {
    const { stateMachineArn } = await sfn.send(
      new CreateStateMachineCommand({
        name: 'waiting',
        roleArn: 'arn:aws:iam::000000000000:role/machine',
        definition: JSON.stringify(definition),
      }),
    );
    const begun = clock.now();
    const start = (name: string) => sfn.send(new StartExecutionCommand({ stateMachineArn, name }));
    const { executionArn } = await start('first');
    await clock.turn(60_000);
    await start('second');
    await clock.turn(1_000);
    const executions = createSfnExecutions(sfn);
    const { executions: listed, isComplete } = await executions.running(stateMachineArn!);
    expect(listed.map(({ arn, startedAt }) => [arn.split(':').pop(), startedAt - begun])).toEqual([
      ['first', 0],
      ['second', 60_000],
    ]);
    expect(isComplete).toBe(true);
    expect(await executions.latestMove(executionArn!)).toEqual({ at: begun, state: 'Wait' });
    expect(await executions.definition(executionArn!)).toEqual(definition);
    await clock.turn(3_600_000);
    expect(await executions.succeeded(stateMachineArn!, begun, clock.now())).toEqual(['second', 'first']);
    expect(await executions.succeeded(stateMachineArn!, begun + 3_650_000, clock.now())).toEqual(['second']);
    expect((await executions.running(stateMachineArn!)).executions).toEqual([]);
  });
});

describe('rows', () => {
  const table = (
    TableName: string,
    keys: Record<string, ScalarAttributeType>,
    index?: Record<string, ScalarAttributeType>,
  ) => {
    const schema = (of: object) =>
      Object.keys(of).map((AttributeName, at) => ({
        AttributeName,
        KeyType: at ? ('RANGE' as const) : ('HASH' as const),
      }));
    return dynamo.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: schema(keys),
        AttributeDefinitions: Object.entries({ ...keys, ...index }).map(([AttributeName, AttributeType]) => ({
          AttributeName,
          AttributeType,
        })),
        GlobalSecondaryIndexes: index && [
          { IndexName: 'by-status', KeySchema: schema(index), Projection: { ProjectionType: 'KEYS_ONLY' } },
        ],
      }),
    );
  };
  const put = (TableName: string, item: object) =>
    dynamo.send(new PutItemCommand({ TableName, Item: marshall(item, { removeUndefinedValues: true }) }));

  it('of orders and documents tell which have an end, however many are asked for', async () => {
    await table('orders', { orderId: 'S' });
    await table('documents', { documentKey: 'S' });
    await put('orders', { orderId: 'o-1', status: 'OrderConfirmed' });
    await put('orders', { orderId: 'o-2', status: 'OrderReserved' });
    await put('documents', { documentKey: 'd-1' });
    const rows = createDynamoEndRows(dynamo);
    const ids = Array.from({ length: 150 }, (_, index) => `o-${index}`);
    expect([...(await rows.endedOrders('orders', ids))]).toEqual(['o-1']);
    expect([...(await rows.knownDocuments('documents', ['d-1', 'd-2']))]).toEqual(['d-1']);
    expect([...(await rows.endedOrders('orders', []))]).toEqual([]);
  });

  it('of requests tell who asked, when it was decided and whether the trail is whole, and nothing else', async () => {
    await table('approvals', { pk: 'S', sk: 'S' }, { status: 'S', openedAt: 'N' });
    await table('audit', { requestId: 'S', seq: 'N' });
    const room = createApprovalsRoom();
    const ids: string[] = [];
    for (const place of [1, 2, 3]) {
      room.clock.time += 60_000;
      ids.push(await room.open({ requestKey: `${ASK.requestKey}-${place}` }));
    }
    const [first, second, third] = ids as [string, string, string];
    await room.answer('ben@example.com', 'approve', third);
    await room.settle(third);
    for (const id of ids) {
      await dynamo.send(new PutItemCommand({ TableName: 'approvals', Item: toRequestRow(room.request(id)) }));
      for (const row of room.store.auditRows(id)) await put('audit', row);
    }
    const requests = createDynamoAskedRequests({ client: dynamo, table: 'approvals', auditTable: 'audit' });
    const opened = (status: 'pending' | 'approved', most: number) =>
      requests.opened({ status, from: 0, to: room.clock.time, most });

    expect(await requests.oldestPending()).toBe(room.request(first).openedAt);
    const pending = await opened('pending', 10);
    expect(pending.requests.map(({ requestId }) => requestId).sort()).toEqual([first, second].sort());
    expect(pending.isComplete).toBe(true);
    expect(await opened('pending', 1)).toMatchObject({ requests: [{ requestId: second }], isComplete: false });
    const before = { status: 'pending', from: 0, to: room.request(second).openedAt - 1, most: 10 } as const;
    expect(await requests.opened(before)).toMatchObject({ requests: [{ requestId: first }], isComplete: true });

    const [approved] = (await opened('approved', 10)).requests;
    const { openedAt, decision, audit, askedBy } = room.request(third);
    expect(askedBy).toMatch(/^arn:.*:execution:/);
    expect(approved).toEqual({
      ...{ requestId: third, openedAt, askedBy, decidedAt: decision!.at },
      ...{ auditCount: audit.count, auditHead: audit.head },
    });
    expect(await requests.isAuditWhole(approved!)).toBe(true);
    expect(await requests.isAuditWhole({ ...approved!, auditCount: audit.count + 1 })).toBe(false);
    expect(await requests.isAuditWhole({ ...approved!, auditHead: 'another' })).toBe(false);
    expect(await requests.isAuditWhole({ ...approved!, auditCount: audit.count - 1 })).toBe(false);
  });
});

describe('metrics', () => {
  it('are read by the period, each for itself', async () => {
    const from = clock.now() - (clock.now() % 3_600_000);
    metrics.record('Test', 'Seen', { service: 'orders' }, 2);
    metrics.record('Test', 'Seen', { service: 'orders' }, 4);
    await clock.turn(3_600_000);
    metrics.record('Test', 'Seen', { service: 'orders' }, 5);
    const read = createCloudWatchMetrics(cloudWatch);
    const seen = { namespace: 'Test', metric: 'Seen', dimensions: { service: 'orders' } };
    const span = { from, to: from + 2 * 3_600_000, periodSeconds: 3600 };
    const never = { namespace: 'Test', metric: 'Never' };
    const [sums, nothing] = await read([seen, never], { ...span, statistic: 'Sum' });
    expect([...sums!].sort()).toEqual([5, 6]);
    expect(nothing).toEqual([]);
    const [averages] = await read([seen], { ...span, statistic: 'Average' });
    expect([...averages!].sort()).toEqual([3, 5]);
    const many = await read([...Array(501).fill(never), seen], { ...span, statistic: 'Sum' });
    expect(many[501]).toHaveLength(2);
  });
});
