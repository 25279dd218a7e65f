import { describeTool, runTool } from '../../support/tools/installed-tool';
import {
  type OperatedStacks,
  ORDER_ID,
  orderOf,
  PRODUCTS,
  startOperatedStacks,
} from '../../support/tools/operated-stacks';

const SCRIPT = 'test/support/tools/boto3-operator.py';

/** What an operator's script does with boto3 as it is installed; the script lies beside the tests' other support. */
describeTool('boto3', ['python3', '-c', 'import boto3'], () => {
  let stacks: OperatedStacks;
  let found: any;
  beforeAll(async () => {
    stacks = await startOperatedStacks();
    await stacks.publish(orderOf('o-parked', 'unicorn'));
    const { outputs, executionArn, queueArn } = stacks;
    const given = {
      executionArn,
      machineArn: outputs.OrdersMachineArn,
      deadLetterQueueUrl: outputs.OrderDeadLetterQueueUrl,
      deadLetterQueueArn: queueArn(outputs.OrderDeadLetterQueueUrl!),
      queueArn: queueArn(outputs.OrderQueueUrl!),
      stockTable: outputs.StockTableName,
      ordersTableArn: `arn:aws:dynamodb:us-east-1:000000000000:table/${outputs.OrdersTableName}`,
      busName: outputs.OrderBusName,
    };
    const { code, stdout, stderr } = await runTool(stacks, 'python3', [SCRIPT, JSON.stringify(given)]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    found = JSON.parse(stdout);
  });
  afterAll(() => stacks.embedded.stop());

  it('lists and describes executions, and pages through a history', () => {
    const { listed, input, ids, last } = found.executions;
    expect(listed).toEqual([[ORDER_ID, 'SUCCEEDED']]);
    expect(input).toMatchObject({ orderId: ORDER_ID });
    expect(ids).toEqual(ids.map((_: number, index: number) => index + 1));
    expect(last).toBe('ExecutionSucceeded');
  });

  it('filters logs page by page, and asks Logs Insights', () => {
    const { entered, counted, status, malformed } = found.logs;
    expect(entered).toEqual(expect.arrayContaining(['ReserveStock', 'ConfirmOrder']));
    expect(counted).toBe(entered.length);
    expect([status, malformed]).toEqual(['Complete', 'MalformedQueryException']);
  });

  it('mends what was parked and moves it back, and cancels a move', async () => {
    expect(found.parked).toEqual({ count: 1, reason: expect.stringContaining('unicorn'), tasks: [['COMPLETED', 1]] });
    expect(found.cancelled).toEqual({ isPartial: true, status: expect.stringMatching(/^CANCELL(ED|ING)$/) });
    expect(await stacks.statusOf('o-parked')).toBe('OrderConfirmed');
  });

  it('scans a table page by page, and asks what tools ask', () => {
    expect(found.table).toEqual({
      pages: PRODUCTS.length + 1,
      skus: PRODUCTS,
      resource: PRODUCTS.map((sku) => [sku, true]),
      limit: 40_000,
      backups: [],
      timeToLive: { TimeToLiveStatus: 'DISABLED' },
      partiQl: 'UnknownOperationException',
    });
  });

  it('places an order by an event', async () => {
    expect(found.events).toEqual({ failed: 0 });
    expect(await stacks.statusOf('o-typed')).toBe('OrderConfirmed');
  });

  it('puts metric data and reads it back', () => {
    expect(found.metrics).toEqual({ sum: [8], average: [4], isOnTime: true });
  });

  it('simulates a role, and uses session keys', () => {
    const arn = 'arn:aws:iam::000000000000:user/local';
    expect(found.permissions).toEqual({ decisions: ['allowed', 'implicitDeny'], arn, assume: 'AccessDenied' });
  });

  it('puts, lists, gets and deletes objects', () => {
    expect(found.objects).toEqual({ keys: ['a b/ü.txt'], body: 'content', isOwners: true, gone: '404' });
  });

  it('lists identities and configuration sets of SES', () => {
    expect(found.mail.identities).toContain('desk@example.com');
    expect(found.mail.sets).toBeGreaterThan(0);
  });
});
