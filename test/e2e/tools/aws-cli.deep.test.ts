import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describeTool, runTool } from '../../support/tools/installed-tool';
import {
  type OperatedStacks,
  ORDER_ID,
  orderOf,
  PRODUCTS,
  startOperatedStacks,
} from '../../support/tools/operated-stacks';

/** What an operator types, with the AWS CLI as it is installed. */
describeTool('aws', ['aws', '--version'], () => {
  let stacks: OperatedStacks;
  const folder = mkdtempSync(path.join(tmpdir(), 'stepwright-aws-'));
  // Version 1 presigns with Signature Version 2 unless it is told otherwise, has no `logs tail`, and needs to be told the endpoint of SQS.
  const AWS_CONFIG_FILE = path.join(folder, 'config');
  let isVersion1: boolean;
  beforeAll(async () => {
    stacks = await startOperatedStacks();
    writeFileSync(AWS_CONFIG_FILE, '[default]\ns3 =\n  signature_version = s3v4\n');
    const { stdout, stderr } = await runTool(stacks, 'aws', ['--version']);
    isVersion1 = /aws-cli\/1\./.test(stdout + stderr);
  });
  afterAll(async () => {
    await stacks.embedded.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const run = (args: readonly string[]) => {
    const endpoint = isVersion1 && args[0] === 'sqs' ? ['--endpoint-url', stacks.embedded.url] : [];
    return runTool(stacks, 'aws', [...args, ...endpoint], { AWS_CONFIG_FILE });
  };
  /** What a command prints, as text; the command must end well. */
  const text = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await run(args);
    expect({ args, code, stderr }).toEqual({ args, code: 0, stderr: '' });
    return stdout;
  };
  const json = async (...args: string[]): Promise<any> => {
    const printed = await text(...args, '--output', 'json');
    return printed.trim() === '' ? undefined : JSON.parse(printed);
  };
  /** What a command that must fail says. */
  const refusal = async (...args: string[]): Promise<string> => {
    const { code, stderr } = await run(args);
    expect(code).not.toBe(0);
    return stderr;
  };

  it('stepfunctions: executions and their history', async () => {
    const machine = stacks.outputs.OrdersMachineArn!;
    const { executions } = await json('stepfunctions', 'list-executions', '--state-machine-arn', machine);
    const { executionArn } = stacks;
    expect(executions).toEqual([expect.objectContaining({ executionArn, name: ORDER_ID, status: 'SUCCEEDED' })]);
    const execution = await json('stepfunctions', 'describe-execution', '--execution-arn', executionArn);
    expect(JSON.parse(execution.input)).toMatchObject({ orderId: ORDER_ID });
    const history = ['stepfunctions', 'get-execution-history', '--execution-arn', executionArn];
    const { events } = await json(...history, '--page-size', '7');
    expect(events.map(({ id }: any) => id)).toEqual(events.map((_: unknown, index: number) => index + 1));
    expect(events.at(-1)).toMatchObject({ type: 'ExecutionSucceeded' });
  });

  it('logs: groups, tail, filter, Insights', async () => {
    const { logGroups } = await json(
      'logs',
      'describe-log-groups',
      '--log-group-name-prefix',
      '/aws/vendedlogs/states/',
    );
    const group = logGroups.map(({ logGroupName }: any) => logGroupName).find((name: string) => name.endsWith('saga'));
    const { events } = await json('logs', 'filter-log-events', '--log-group-name', group, '--page-size', '3');
    const types = events.map(({ message }: any) => JSON.parse(message).type);
    expect([types[0], types.at(-1)]).toEqual(['ExecutionStarted', 'ExecutionSucceeded']);
    if (!isVersion1) {
      const pattern = '{ $.type = "ExecutionSucceeded" }';
      const tail = async (...args: string[]) => (await text('logs', 'tail', group, '--since', '1h', ...args)).trim();
      expect((await tail('--format', 'short')).split('\n')).toHaveLength(events.length);
      expect((await tail('--filter-pattern', pattern)).split('\n')).toEqual([
        expect.stringContaining('ExecutionSucceeded'),
      ]);
    }
    const query = 'fields type, details.name | filter type like /StateEntered/ | sort @timestamp asc';
    const span = ['--start-time', '0', '--end-time', String(Math.ceil(Date.now() / 1000) + 1)];
    const started = await json('logs', 'start-query', '--log-group-name', group, ...span, '--query-string', query);
    const found = await json('logs', 'get-query-results', '--query-id', started.queryId);
    const states = found.results.map((line: any[]) => line.find(({ field }) => field === 'details.name')?.value);
    expect(states).toEqual(expect.arrayContaining(['ReserveStock', 'ConfirmOrder']));
    expect(found.status).toBe('Complete');
    const { queries } = await json('logs', 'describe-queries', '--log-group-name', group);
    expect(queries).toMatchObject([{ queryId: started.queryId, queryString: query }]);
  });

  it('sqs: what was parked is read, mended and moved back', async () => {
    const queue = ['--queue-url', stacks.outputs.OrderDeadLetterQueueUrl!];
    const source = stacks.queueArn(stacks.outputs.OrderDeadLetterQueueUrl!);
    await stacks.publish(orderOf('o-parked', 'unicorn'));
    const all = ['--message-attribute-names', 'All', '--wait-time-seconds', '20'];
    const { Messages } = await json('sqs', 'receive-message', ...queue, ...all);
    expect(Messages).toHaveLength(1);
    const [{ Body, ReceiptHandle, MessageAttributes }] = Messages;
    expect(MessageAttributes.reason.StringValue).toContain('unicorn');
    await json('sqs', 'delete-message', ...queue, '--receipt-handle', ReceiptHandle);
    await json('sqs', 'send-message', ...queue, '--message-body', Body.replaceAll('unicorn', 'lamp'));
    const destination = stacks.queueArn(stacks.outputs.OrderQueueUrl!);
    await json('sqs', 'start-message-move-task', '--source-arn', source, '--destination-arn', destination);
    expect(await stacks.statusOf('o-parked')).toBe('OrderConfirmed');
    const { Results } = await json('sqs', 'list-message-move-tasks', '--source-arn', source);
    expect(Results).toMatchObject([{ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 1 }]);
  });

  it('sqs: a move is cancelled', async () => {
    const { QueueUrl } = await json('sqs', 'create-queue', '--queue-name', 'parked');
    const source = stacks.queueArn(QueueUrl);
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: source, maxReceiveCount: 3 });
    await json('sqs', 'create-queue', '--queue-name', 'source', '--attributes', JSON.stringify({ RedrivePolicy }));
    const entries = Array.from({ length: 10 }, (_, i) => ({ Id: `m-${i}`, MessageBody: `${i}` }));
    for (let batch = 0; batch < 10; batch++) {
      await stacks.call('sqs', 'SendMessageBatch', { QueueUrl, Entries: entries });
    }
    const start = ['sqs', 'start-message-move-task', '--source-arn', source];
    const to = ['--destination-arn', source.replace('parked', 'source'), '--max-number-of-messages-per-second', '1'];
    const { TaskHandle } = await json(...start, ...to);
    const cancelled = await json('sqs', 'cancel-message-move-task', '--task-handle', TaskHandle);
    expect(cancelled.ApproximateNumberOfMessagesMoved).toBeLessThan(100);
    const { Results } = await json('sqs', 'list-message-move-tasks', '--source-arn', source);
    expect(Results).toMatchObject([{ Status: expect.stringMatching(/^CANCELL(ED|ING)$/) }]);
  });

  it('dynamodb: a scan in pages, quotas, and what is not there', async () => {
    const table = ['--table-name', stacks.outputs.StockTableName!];
    const { Items, Count } = await json('dynamodb', 'scan', ...table, '--page-size', '1');
    expect(Items.map(({ sku }: any) => sku.S).sort()).toEqual(PRODUCTS);
    expect(Count).toBe(PRODUCTS.length);
    expect((await json('dynamodb', 'describe-limits')).TableMaxReadCapacityUnits).toBe(40_000);
    expect((await json('dynamodb', 'list-backups')).BackupSummaries).toEqual([]);
    const { TimeToLiveDescription } = await json('dynamodb', 'describe-time-to-live', ...table);
    expect(TimeToLiveDescription.TimeToLiveStatus).toBe('DISABLED');
    const said = await refusal('dynamodb', 'execute-statement', '--statement', 'SELECT * FROM stock');
    expect(said).toContain('(UnknownOperationException) when calling the ExecuteStatement operation');
  });

  it('events: what an event sets off', async () => {
    const [Source, DetailType, Detail] = ['test.shop', 'OrderPlaced', JSON.stringify(orderOf('o-typed', 'desk'))];
    const entries = JSON.stringify([{ EventBusName: stacks.outputs.OrderBusName, Source, DetailType, Detail }]);
    expect((await json('events', 'put-events', '--entries', entries)).FailedEntryCount).toBe(0);
    expect(await stacks.statusOf('o-typed')).toBe('OrderConfirmed');
  });

  it('cloudwatch: metric data and statistics', async () => {
    const minute = new Date(Math.floor(Date.now() / 60_000) * 60_000);
    const at = (minutes: number) => new Date(minute.getTime() + minutes * 60_000).toISOString();
    for (const value of ['3', '5']) {
      const datum = ['--metric-name', 'Handled', '--value', value, '--unit', 'Count', '--timestamp', at(0)];
      await json('cloudwatch', 'put-metric-data', '--namespace', 'Desk', ...datum);
    }
    const span = ['--start-time', at(-10), '--end-time', at(10)];
    const MetricStat = { Metric: { Namespace: 'Desk', MetricName: 'Handled' }, Period: 60, Stat: 'Sum' };
    const queries = JSON.stringify([{ Id: 'sum', MetricStat }]);
    const { MetricDataResults } = await json(
      'cloudwatch',
      'get-metric-data',
      ...span,
      '--metric-data-queries',
      queries,
    );
    expect(MetricDataResults).toMatchObject([{ Id: 'sum', Values: [8], StatusCode: 'Complete' }]);
    const metric = ['--namespace', 'Desk', '--metric-name', 'Handled', '--period', '60', '--statistics', 'Average'];
    const { Datapoints } = await json('cloudwatch', 'get-metric-statistics', ...span, ...metric);
    expect(Datapoints).toMatchObject([{ Average: 4, Unit: 'Count' }]);
    const ended = ['--namespace', 'AWS/States', '--metric-name', 'ExecutionsSucceeded'];
    expect((await json('cloudwatch', 'list-metrics', ...ended)).Metrics.length).toBeGreaterThanOrEqual(1);
  });

  it('iam and sts: what a role may do, and who asks', async () => {
    const { Roles } = await json('iam', 'list-roles');
    const role = Roles.find(({ RoleName }: any) => RoleName.includes('ApiGetOrder')).Arn;
    const table = `arn:aws:dynamodb:us-east-1:000000000000:table/${stacks.outputs.OrdersTableName}`;
    const actions = ['--action-names', 'dynamodb:GetItem', 'dynamodb:DeleteTable', '--resource-arns', table];
    const simulated = await json('iam', 'simulate-principal-policy', '--policy-source-arn', role, ...actions);
    expect(simulated.EvaluationResults.map(({ EvalDecision }: any) => EvalDecision)).toEqual([
      'allowed',
      'implicitDeny',
    ]);
    expect(await json('sts', 'get-caller-identity')).toMatchObject({ Arn: 'arn:aws:iam::000000000000:user/local' });
    expect((await json('sts', 'get-session-token')).Credentials.AccessKeyId).toMatch(/^ASIA/);
    const said = await refusal('sts', 'assume-role', '--role-arn', role, '--role-session-name', 'me');
    expect(said).toContain('(AccessDenied) when calling the AssumeRole operation');
  });

  it('s3: mb, cp, ls, sync, presign, rm, rb', async () => {
    const large = path.join(folder, 'large.bin');
    const tree = path.join(folder, 'tree');
    mkdirSync(path.join(tree, 'inner'), { recursive: true });
    writeFileSync(large, Buffer.alloc(9 * 2 ** 20, 'multipart'));
    writeFileSync(path.join(tree, 'a b.txt'), 'blank');
    writeFileSync(path.join(tree, 'inner', 'ü.txt'), 'umlaut');
    await text('s3', 'mb', 's3://tool-bucket');
    await text('s3', 'cp', large, 's3://tool-bucket/large.bin', '--no-progress');
    await text('s3', 'sync', tree, 's3://tool-bucket/tree', '--no-progress');
    expect(await text('s3', 'sync', tree, 's3://tool-bucket/tree', '--no-progress')).toBe('');
    const listed = await text('s3', 'ls', 's3://tool-bucket', '--recursive', '--summarize');
    expect(listed).toContain(`${9 * 2 ** 20} large.bin`);
    expect(listed).toContain('6 tree/inner/ü.txt');
    expect(listed).toContain('Total Objects: 3');
    const back = path.join(folder, 'back');
    await text('s3', 'cp', 's3://tool-bucket', back, '--recursive', '--no-progress');
    expect(readFileSync(path.join(back, 'large.bin')).equals(readFileSync(large))).toBe(true);
    expect(readdirSync(path.join(back, 'tree')).sort()).toEqual(['a b.txt', 'inner']);
    const url = (await text('s3', 'presign', 's3://tool-bucket/tree/a b.txt', '--expires-in', '60')).trim();
    expect(await (await fetch(url)).text()).toBe('blank');
    const acl = await json('s3api', 'get-bucket-acl', '--bucket', 'tool-bucket');
    expect(acl.Grants).toMatchObject([
      { Grantee: { Type: 'CanonicalUser', ID: acl.Owner.ID }, Permission: 'FULL_CONTROL' },
    ]);
    expect(await refusal('s3', 'rb', 's3://tool-bucket')).toContain('BucketNotEmpty');
    await text('s3', 'rm', 's3://tool-bucket', '--recursive');
    await text('s3', 'rb', 's3://tool-bucket');
    expect(await text('s3', 'ls')).not.toContain('tool-bucket');
  });

  it('sesv2: identities and configuration sets', async () => {
    await json('sesv2', 'create-email-identity', '--email-identity', 'desk@example.com');
    const { EmailIdentities } = await json('sesv2', 'list-email-identities', '--page-size', '50');
    expect(EmailIdentities).toContainEqual(expect.objectContaining({ IdentityName: 'desk@example.com' }));
    const { ConfigurationSets } = await json('sesv2', 'list-configuration-sets');
    expect(ConfigurationSets).toEqual(expect.arrayContaining([expect.stringContaining('approvals')]));
  });
});
