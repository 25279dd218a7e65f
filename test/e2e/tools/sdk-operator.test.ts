import {
  CloudWatchClient,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
  GetQueryResultsCommand,
  StartQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient, paginateScan, ScanCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { IAMClient, ListRolesCommand, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  paginateGetExecutionHistory,
  SFNClient,
} from '@aws-sdk/client-sfn';
import {
  CancelMessageMoveTaskCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  ListMessageMoveTasksCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import {
  type OperatedStacks,
  ORDER_ID,
  orderOf,
  PRODUCTS,
  startOperatedStacks,
} from '../../support/tools/operated-stacks';

/** What an operator does with the deployed stacks, through the SDK of JavaScript. */
let stacks: OperatedStacks;
beforeAll(async () => {
  stacks = await startOperatedStacks();
});
afterAll(() => stacks.embedded.stop());

const MACHINE_LOG = '/aws/vendedlogs/states/';

describe('an operator looks at an execution', () => {
  it('in the list, by itself, and in its history, page by page', async () => {
    const sfn = new SFNClient(stacks.client);
    const stateMachineArn = stacks.outputs.OrdersMachineArn!;
    const { executions } = await sfn.send(new ListExecutionsCommand({ stateMachineArn, statusFilter: 'SUCCEEDED' }));
    const { executionArn } = stacks;
    expect(executions).toEqual([expect.objectContaining({ executionArn, name: ORDER_ID, status: 'SUCCEEDED' })]);
    const execution = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    expect(JSON.parse(execution.input!)).toMatchObject({ orderId: ORDER_ID });
    expect(execution.stopDate!.getTime()).toBeGreaterThanOrEqual(execution.startDate!.getTime());
    const ids: number[] = [];
    const entered: string[] = [];
    let pages = 0;
    for await (const { events = [] } of paginateGetExecutionHistory({ client: sfn, pageSize: 7 }, { executionArn })) {
      pages++;
      ids.push(...events.map(({ id }) => id!));
      entered.push(...events.flatMap(({ stateEnteredEventDetails }) => stateEnteredEventDetails?.name ?? []));
    }
    expect(ids).toEqual(ids.map((_, index) => index + 1));
    expect(pages).toBe(Math.ceil(ids.length / 7));
    expect(entered).toEqual(expect.arrayContaining(['ReserveStock', 'ChargePayment', 'ShipOrder', 'ConfirmOrder']));
  });

  it('in its log, page by page, and by a query', async () => {
    const logs = new CloudWatchLogsClient(stacks.client);
    const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: MACHINE_LOG }));
    const { logGroupName } = logGroups!.find((group) => group.logGroupName!.endsWith('-orders-saga'))!;
    const asked = { logGroupName, filterPattern: '{ $.type = "*StateEntered" }' };
    const { events } = await logs.send(new FilterLogEventsCommand(asked));
    const names = events!.map(({ message }) => JSON.parse(message!).details.name);
    expect(names).toEqual(expect.arrayContaining(['ReserveStock', 'ConfirmOrder']));
    const paged: string[] = [];
    let nextToken: string | undefined;
    do {
      const page = await logs.send(new FilterLogEventsCommand({ ...asked, limit: 2, nextToken }));
      expect(page.events!.length).toBeLessThanOrEqual(2);
      paged.push(...page.events!.map(({ message }) => JSON.parse(message!).details.name));
      nextToken = page.nextToken;
    } while (nextToken);
    expect(paged).toEqual(names);
    const queryString = 'filter type = "ExecutionSucceeded" | stats count(*) as ended by execution_arn';
    const endTime = Math.ceil(Date.now() / 1000) + 1;
    const { queryId } = await logs.send(new StartQueryCommand({ logGroupName, queryString, startTime: 0, endTime }));
    const { results } = await logs.send(new GetQueryResultsCommand({ queryId }));
    expect(results).toEqual([
      [
        { field: 'execution_arn', value: stacks.executionArn },
        { field: 'ended', value: '1' },
      ],
    ]);
  });
});

describe('an operator takes care of what was parked', () => {
  it('reads why, mends the message, and moves it back', async () => {
    const sqs = new SQSClient(stacks.client);
    const QueueUrl = stacks.outputs.OrderDeadLetterQueueUrl!;
    const SourceArn = stacks.queueArn(QueueUrl);
    await stacks.publish(orderOf('o-parked', 'unicorn'));
    const parked = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20, MessageAttributeNames: ['All'] }),
    );
    const [message] = parked.Messages!;
    expect(message!.Body).toContain('o-parked');
    expect(message!.MessageAttributes!.reason!.StringValue).toContain('unicorn');
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message!.ReceiptHandle }));
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: message!.Body!.replaceAll('unicorn', 'lamp') }));
    const DestinationArn = stacks.queueArn(stacks.outputs.OrderQueueUrl!);
    await sqs.send(new StartMessageMoveTaskCommand({ SourceArn, DestinationArn }));
    const { Results } = await stacks.until(
      () => sqs.send(new ListMessageMoveTasksCommand({ SourceArn })),
      (list) => list.Results?.[0]?.Status === 'COMPLETED',
    );
    expect(Results).toMatchObject([{ SourceArn, DestinationArn, ApproximateNumberOfMessagesMoved: 1 }]);
    expect(await stacks.statusOf('o-parked')).toBe('OrderConfirmed');
  });

  it('cancels a move that goes on', async () => {
    const sqs = new SQSClient(stacks.client);
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'parked' }));
    const SourceArn = stacks.queueArn(QueueUrl!);
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: SourceArn, maxReceiveCount: 3 });
    await sqs.send(new CreateQueueCommand({ QueueName: 'source', Attributes: { RedrivePolicy } }));
    const Entries = Array.from({ length: 10 }, (_, i) => ({ Id: `m-${i}`, MessageBody: `${i}` }));
    await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    const DestinationArn = SourceArn.replace('parked', 'source');
    const task = { SourceArn, DestinationArn, MaxNumberOfMessagesPerSecond: 1 };
    const { TaskHandle } = await sqs.send(new StartMessageMoveTaskCommand(task));
    const running = await sqs.send(new ListMessageMoveTasksCommand({ SourceArn }));
    expect(running.Results).toMatchObject([{ Status: 'RUNNING', TaskHandle }]);
    const cancelled = await sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle }));
    expect(cancelled.ApproximateNumberOfMessagesMoved).toBeLessThan(10);
    const { Results } = await stacks.until(
      () => sqs.send(new ListMessageMoveTasksCommand({ SourceArn })),
      (list) => list.Results?.[0]?.Status === 'CANCELLED',
    );
    expect(Results).toHaveLength(1);
  });
});

describe('an operator looks at the rest', () => {
  it('at a table, page by page', async () => {
    const client = new DynamoDBClient(stacks.client);
    const TableName = stacks.outputs.StockTableName!;
    const skus: string[] = [];
    let pages = 0;
    for await (const { Items = [] } of paginateScan({ client, pageSize: 1 }, { TableName })) {
      pages++;
      skus.push(...Items.map(({ sku }) => sku!.S!));
    }
    expect(skus.sort()).toEqual(PRODUCTS);
    expect(pages).toBe(PRODUCTS.length + 1);
    expect((await client.send(new ScanCommand({ TableName, Select: 'COUNT' }))).Count).toBe(PRODUCTS.length);
  });

  it('at what an event sets off', async () => {
    const events = new EventBridgeClient(stacks.client);
    const Entry = { EventBusName: stacks.outputs.OrderBusName, Source: 'test.shop', DetailType: 'OrderPlaced' };
    const Entries = [{ ...Entry, Detail: JSON.stringify(orderOf('o-typed', 'desk')) }];
    const { FailedEntryCount } = await events.send(new PutEventsCommand({ Entries }));
    expect(FailedEntryCount).toBe(0);
    expect(await stacks.statusOf('o-typed')).toBe('OrderConfirmed');
  });

  it('at metrics, their own and those of the services', async () => {
    const cloudWatch = new CloudWatchClient(stacks.client);
    const Timestamp = new Date(Math.floor(Date.now() / 60_000) * 60_000);
    const datum = (Value: number) => ({ MetricName: 'Handled', Value, Unit: 'Count' as const, Timestamp });
    await cloudWatch.send(new PutMetricDataCommand({ Namespace: 'Desk', MetricData: [datum(3), datum(5)] }));
    const span = {
      StartTime: new Date(Timestamp.getTime() - 600_000),
      EndTime: new Date(Timestamp.getTime() + 600_000),
    };
    const metric = (Id: string, Namespace: string, MetricName: string, Stat: string, Dimensions: object[] = []) => ({
      Id,
      MetricStat: { Metric: { Namespace, MetricName, Dimensions: Dimensions as never }, Period: 1200, Stat },
    });
    const machine = [{ Name: 'StateMachineArn', Value: stacks.outputs.OrdersMachineArn }];
    const { MetricDataResults } = await cloudWatch.send(
      new GetMetricDataCommand({
        ...span,
        MetricDataQueries: [
          metric('sum', 'Desk', 'Handled', 'Sum'),
          metric('most', 'Desk', 'Handled', 'Maximum'),
          metric('ended', 'AWS/States', 'ExecutionsSucceeded', 'Sum', machine),
        ],
      }),
    );
    const total = (id: string) =>
      MetricDataResults!.find(({ Id }) => Id === id)!.Values!.reduce((sum, value) => sum + value, 0);
    expect([total('sum'), total('most')]).toEqual([8, 5]);
    expect(total('ended')).toBeGreaterThanOrEqual(1);
    const { Datapoints } = await cloudWatch.send(
      new GetMetricStatisticsCommand({
        ...{ ...span, Namespace: 'Desk', MetricName: 'Handled', Period: 60 },
        Statistics: ['Average', 'SampleCount'],
      }),
    );
    expect(Datapoints).toEqual([{ Timestamp, Average: 4, SampleCount: 2, Unit: 'Count' }]);
  });

  it('at what a role may do', async () => {
    const iam = new IAMClient(stacks.client);
    const { Roles } = await iam.send(new ListRolesCommand({}));
    const { Arn: PolicySourceArn } = Roles!.find(({ RoleName }) => RoleName!.includes('ApiGetOrder'))!;
    const table = `arn:aws:dynamodb:us-east-1:000000000000:table/${stacks.outputs.OrdersTableName}`;
    const ActionNames = ['dynamodb:GetItem', 'dynamodb:DeleteTable'];
    const { EvaluationResults } = await iam.send(
      new SimulatePrincipalPolicyCommand({ PolicySourceArn, ActionNames, ResourceArns: [table] }),
    );
    expect(EvaluationResults!.map(({ EvalActionName, EvalDecision }) => [EvalActionName, EvalDecision])).toEqual([
      ['dynamodb:GetItem', 'allowed'],
      ['dynamodb:DeleteTable', 'implicitDeny'],
    ]);
  });
});
