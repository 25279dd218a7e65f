import { documentKeyOf } from '../../../bin/commands/ingest/ingestion-stack';
import { DecisionRecord } from '../../../local/services/iam/decision-record';
import { replay } from '../../../local/services/iam/replay';
import { OpsStacks } from '../../support/ops-stacks';
import { Person } from '../../support/person';
import { plantOrder } from '../../support/planted-orders';

/** Actions that a role is granted and that nothing here makes it use, each with the reason. */
const UNUSED: Readonly<Record<string, string>> = {};

const record = new DecisionRecord();
let stacks: OpsStacks;
let operator: Person;
let auditor: Person;
let onCall: Person;
let requestId: string;
let documentKey: string;

beforeAll(async () => {
  stacks = await OpsStacks.start();
  stacks.stacks.embedded.authorizer.observeWith(record.add);
  operator = await Person.as(stacks, 'OperatorRoleArn', 'olga');
  auditor = await Person.as(stacks, 'AuditorRoleArn', 'axel');
  onCall = await Person.as(stacks, 'OnCallRoleArn', 'ona');
  await stacks.stock('lamp', 100);
  await stacks.stock('lathe', 100, 200_000);
  await stacks.place('fine-1', 'lamp');
  await stacks.awaitOrder('fine-1', 'OrderConfirmed');
  await stacks.place('asked', 'lathe');
  await stacks.until('somebody is asked', async () => (await pending()).length === 1);
  [{ requestId }] = (await pending()) as [{ requestId: string }];
  for (let i = 0; i < 22; i++) stacks.stacks.write(`pages/${i}.md`, `# Page ${i}\n\nWhat stands on page ${i}.`);
  await stacks.stacks.ingest('pages', '--tenant', 'acme');
  documentKey = documentKeyOf('acme', 'single.md');
  stacks.stacks.write('single.md', '# Single\n\nA page of its own.');
  await stacks.stacks.ingest('single.md', '--tenant', 'acme');
}, 300_000);
afterAll(() => stacks?.stop());

async function pending(): Promise<any[]> {
  const { output } = await stacks.stacks.run('approvals', ['list', '--json']);
  return output
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

const executionOf = (machineArn: string, name: string) =>
  `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;

/** Starts a reconciliation and stops it before its first task has answered. */
async function stoppedReconciliation(name: string): Promise<string> {
  const stateMachineArn = stacks.orders.ReconciliationMachineArn;
  const { executionArn } = await stacks.call('states', 'StartExecution', { stateMachineArn, name });
  await stacks.call('states', 'StopExecution', { executionArn });
  return executionArn;
}

const orderPlaced = (orderId: string) =>
  JSON.stringify({
    id: orderId,
    source: 'test.shop',
    time: '2026-01-01T00:00:00Z',
    'detail-type': 'OrderPlaced',
    detail: { orderId, currency: 'EUR', lines: [{ sku: 'lamp', quantity: 1 }] },
  });

const park = (orderId: string) =>
  stacks.call('sqs', 'SendMessage', {
    QueueUrl: stacks.orders.OrderDeadLetterQueueUrl,
    MessageBody: orderPlaced(orderId),
  });

describe('an operator', () => {
  it('works off dead letters', async () => {
    await park('parked-1');
    expect((await operator.ops('dlq', 'list')).output).toMatch(/OrderDeadLetterQueue +1/);
    const shown = await operator.opsJson('dlq', 'show', 'OrderDeadLetterQueue');
    expect(shown).toEqual([expect.objectContaining({ messageClass: 'retryable' })]);
    expect((await operator.ops('dlq', 'replay', 'OrderDeadLetterQueue')).output).toContain('1 sent');
    await stacks.awaitOrder('parked-1', 'OrderConfirmed');
    await park('parked-2');
    const moved = await operator.ops('dlq', 'replay', 'OrderDeadLetterQueue', '--only', 'all');
    expect(moved.output).toContain('SQS moved 1 messages');
    await stacks.awaitOrder('parked-2', 'OrderConfirmed');
    const acts = await stacks.acts(stacks.orders);
    expect(acts.every(({ who }) => who === operator.caller.arn)).toBe(true);
    expect(acts.map(({ act }) => act)).toEqual(['replay-begun', 'replayed', 'move-begun', 'moved']);
  });

  it('redrives what histories tell about, and is refused where they are sealed', async () => {
    const executionArn = await stoppedReconciliation('stopped-1');
    const [outcome] = await operator.opsJson('redrive', '--machine', 'reconciliation', '--since', '1h');
    expect(outcome).toMatchObject({ executionArn, outcome: 'redriven' });
    const saga = executionOf(stacks.orders.OrdersMachineArn!, 'asked');
    const before = await operator.call('states', 'DescribeExecution', {
      executionArn: saga,
      includedData: 'METADATA_ONLY',
    });
    expect(before.status).toBe('RUNNING');
  });

  it('finds what stands still and repairs it', async () => {
    await plantOrder(stacks, 'never-begun', 'OrderAccepted');
    await plantOrder(stacks, 'died', 'OrderReserved');
    await stacks.call('states', 'StopExecution', {
      executionArn: executionOf(stacks.orders.OrdersMachineArn!, 'asked'),
    });
    await stacks.awaitOrder('asked', 'OrderCompensated');
    await stacks.call('dynamodb', 'UpdateItem', {
      TableName: stacks.stacks.outputs.DocumentsTableName,
      Key: { documentKey: { S: documentKey } },
      UpdateExpression: 'SET pending = :p',
      ExpressionAttributeValues: {
        ':p': { L: [{ M: { versionKey: { S: 'gone' }, chunkCount: { N: '1' }, since: { N: '1767225600000' } } }] },
      },
    });
    const fixed = await operator.opsJson('stuck', 'fix', '--yes');
    expect(fixed.map(({ kind, id, outcome }) => [kind, id, outcome]).sort()).toEqual([
      ['approval', requestId, 'fixed'],
      ['document', 'acme/single.md', 'fixed'],
      ['order', 'died', 'fixed'],
      ['order', 'never-begun', 'fixed'],
    ]);
    await stacks.awaitOrder('never-begun', 'OrderConfirmed');
    await stacks.awaitOrder('died', 'OrderCompensated');
    expect(await pending()).toEqual([]);
  });

  it('stops what nobody can look into', async () => {
    await stacks.place('unasked', 'lathe');
    await stacks.awaitOrder('unasked', 'OrderReserved');
    const executionArn = executionOf(stacks.orders.OrdersMachineArn!, 'unasked');
    await operator.call('states', 'StopExecution', { executionArn, error: 'StoodStill', cause: 'Nobody was asked.' });
    await stacks.awaitOrder('unasked', 'OrderCompensated');
  });

  it('stops what is silent', async () => {
    const stateMachineArn = stacks.orders.ReconciliationMachineArn;
    const { executionArn } = await stacks.call('states', 'StartExecution', { stateMachineArn, name: 'silent-1' });
    await operator.call('states', 'StopExecution', { executionArn });
  });

  it('pauses and resumes', async () => {
    for (const workflow of ['orders', 'fan-out']) {
      expect((await operator.ops('pause', workflow)).output).toContain(`The intake of ${workflow} is paused.`);
    }
    expect((await operator.opsJson('intake')).length).toBe(4);
    expect((await operator.ops('resume', 'orders')).output).toContain('is open');
    const resumed = await operator.ops('resume', 'fan-out', '--archive-minutes', '0');
    expect(resumed.output).toContain('The intake of fan-out is open.');
  });

  it('counts the cost, and says where a history is sealed', async () => {
    expect((await operator.ops('cost')).code).toBe(0);
    const { executions } = await stacks.call('states', 'ListExecutions', {
      stateMachineArn: stacks.stacks.outputs.LoadMachineArn,
    });
    const [line] = await operator.opsJson('cost', '--execution', executions[0].executionArn);
    expect(line.lines.map(({ what }: any) => what)).toContain('children of Distributed Maps started');
  });

  it('goes through the checklists', async () => {
    for (const stage of ['pre-production', 'production', 'incident']) {
      const lines = await operator.opsJson('readiness', '--stage', stage);
      expect(lines.filter(({ evidence }) => /AccessDenied|not authorized/.test(evidence))).toEqual([]);
    }
  });

  it('looks at versions and prunes them', async () => {
    const stateMachineArn = stacks.orders.ReconciliationMachineArn;
    const { definition } = await stacks.call('states', 'DescribeStateMachine', { stateMachineArn });
    for (const Comment of ['second', 'third']) {
      const changed = JSON.stringify({ ...JSON.parse(definition), Comment });
      await stacks.call('states', 'UpdateStateMachine', { stateMachineArn, definition: changed, publish: true });
    }
    expect((await operator.ops('versions', 'executions', 'saga')).output).toContain('fine-1');
    expect((await operator.ops('versions', 'prune', '--keep', '1')).output).toContain('1 versions deleted.');
  });
});

describe('an auditor', () => {
  it('verifies the audit trail to its ends without reading the requests', async () => {
    const { code, output } = await auditor.run('audit', 'verify');
    expect({ code, output }).toEqual({ code: 0, output: expect.stringContaining('The audit trail is whole: ') });
    expect((await auditor.run('audit', 'export')).output).toContain(requestId);
    const TableName = stacks.approvals.ApprovalAuditTableName;
    const { Items } = await auditor.call('dynamodb', 'Query', {
      TableName,
      KeyConditionExpression: 'requestId = :id',
      ExpressionAttributeValues: { ':id': { S: requestId } },
      ScanIndexForward: false,
      Limit: 1,
    });
    await stacks.call('dynamodb', 'DeleteItem', {
      TableName,
      Key: { requestId: Items[0].requestId, seq: Items[0].seq },
    });
    const cut = await auditor.run('audit', 'verify');
    expect(cut).toMatchObject({
      code: 1,
      output: expect.stringContaining(`request ${requestId}: row ${Items[0].seq.N}`),
    });
    await stacks.call('dynamodb', 'PutItem', { TableName, Item: Items[0] });
  });

  it('reads who did what, logs, metrics and the list of executions', async () => {
    const { OperatorLogGroupName: logGroupName } = stacks.orders;
    const { events } = await auditor.call('logs', 'FilterLogEvents', {
      logGroupName,
      filterPattern: '{ $.act = "replayed" }',
    });
    expect(JSON.parse(events[0].message).who).toBe(operator.caller.arn);
    const { logStreams } = await auditor.call('logs', 'DescribeLogStreams', { logGroupName });
    await auditor.call('logs', 'GetLogEvents', { logGroupName, logStreamName: logStreams[0].logStreamName });
    await auditor.call('logs', 'DescribeLogGroups', {});
    await auditor.call('monitoring', 'ListMetrics', { Namespace: 'Stepwright' });
    await auditor.call('monitoring', 'DescribeAlarmHistory', {});
    await auditor.call('monitoring', 'DescribeAlarms', {});
    const span = { StartTime: Date.now() / 1000 - 3600, EndTime: Date.now() / 1000 };
    await auditor.call('monitoring', 'GetMetricData', {
      ...span,
      MetricDataQueries: [{ Id: 'a', Expression: 'TIME_SERIES(1)', Period: 60 }],
    });
    await auditor.call('monitoring', 'GetMetricStatistics', {
      ...span,
      Namespace: 'AWS/States',
      MetricName: 'ExecutionsStarted',
      Period: 60,
      Statistics: ['Sum'],
    });
    expect((await auditor.ops('versions', 'executions', 'saga')).output).toContain('fine-1');
    expect((await auditor.ops('versions', 'list')).code).toBe(0);
    const executionArn = executionOf(stacks.orders.OrdersMachineArn!, 'fine-1');
    const asked = { executionArn, includedData: 'METADATA_ONLY' };
    expect(await auditor.call('states', 'DescribeExecution', asked)).toMatchObject({ status: 'SUCCEEDED' });
  });
});

describe('somebody on call', () => {
  it('looks at what lies, what stands, what runs and what it costs', async () => {
    await park('parked-3');
    expect((await onCall.ops('dlq', 'show', 'OrderDeadLetterQueue')).output).toContain('retryable');
    expect((await onCall.ops('stuck', 'list')).code).toBeLessThan(2);
    const executionArn = executionOf(stacks.orders.ReconciliationMachineArn!, 'stopped-1');
    await onCall.call('states', 'DescribeStateMachineForExecution', { executionArn });
    expect((await onCall.ops('cost')).code).toBe(0);
    expect((await onCall.ops('versions', 'list')).code).toBe(0);
    const { executions } = await stacks.call('states', 'ListExecutions', {
      stateMachineArn: stacks.stacks.outputs.LoadMachineArn,
    });
    expect((await onCall.ops('cost', '--execution', executions[0].executionArn)).code).toBe(0);
    for (const stage of ['pre-production', 'production', 'incident']) {
      const lines = await onCall.opsJson('readiness', '--stage', stage);
      expect(lines.filter(({ evidence }) => /AccessDenied|not authorized/.test(evidence))).toEqual([]);
    }
  });

  it('mutes the alarms for a time, and never those that no maintenance explains', async () => {
    const windows = await onCall.opsJson('maintenance', 'on', '--minutes', '30', '--reason', 'a new table');
    expect(windows.length).toBeGreaterThan(3);
    expect(windows[0]).toMatchObject({ alarms: expect.any(Number), reason: `a new table (${onCall.caller.arn})` });
    expect((await onCall.opsJson('maintenance', 'status')).length).toBe(windows.length);
    const [name] = Object.entries(stacks.stacks.deployed).find(([, outputs]) => outputs === stacks.orders)!;
    const rule = await stacks.call('monitoring', 'GetAlarmMuteRule', { AlarmMuteRuleName: `${name}-maintenance` });
    expect(rule.MuteTargets.AlarmNames).not.toContain(`${name}-money-mismatched`);
    expect(Date.parse(windows[0].until) - Date.parse(windows[0].from)).toBe(30 * 60_000);
    const left = await onCall.opsJson('readiness', '--stage', 'production');
    expect(left.find(({ id }) => id === 'maintenance-over')).toMatchObject({ status: 'failed' });
    expect((await onCall.ops('maintenance', 'off')).output).toContain('alarms ring again');
    expect((await onCall.ops('maintenance', 'status')).output).toBe('No stack is muted.\n');
    expect(await stacks.acts(stacks.orders)).toContainEqual(
      expect.objectContaining({ act: 'maintenance-on', who: onCall.caller.arn, reason: 'a new table' }),
    );
  });

  it('pauses and resumes', async () => {
    for (const workflow of ['documents', 'fan-out']) {
      expect((await onCall.ops('pause', workflow)).output).toContain(`The intake of ${workflow} is paused.`);
      const args = workflow === 'fan-out' ? ['--archive-minutes', '0'] : [];
      expect((await onCall.ops('resume', workflow, ...args)).output).toContain(`The intake of ${workflow} is open.`);
    }
  });

  it('reads logs, traces and dashboards', async () => {
    const { OperatorLogGroupName: logGroupName } = stacks.orders;
    const { logStreams } = await onCall.call('logs', 'DescribeLogStreams', { logGroupName });
    await onCall.call('logs', 'GetLogEvents', { logGroupName, logStreamName: logStreams[0].logStreamName });
    const endTime = Math.ceil(Date.now() / 1000);
    const query = { logGroupName, startTime: endTime - 3600, endTime, queryString: 'fields @message' };
    const { queryId } = await onCall.call('logs', 'StartQuery', query);
    await onCall.call('logs', 'GetQueryResults', { queryId });
    await onCall.call('logs', 'StopQuery', { queryId }).catch(({ code }) => expect(code).not.toMatch(/AccessDenied/));
    const span = { StartTime: endTime - 3600, EndTime: endTime };
    const { TraceSummaries } = await onCall.call('xray', 'GetTraceSummaries', span);
    await onCall.call('xray', 'BatchGetTraces', { TraceIds: TraceSummaries.slice(0, 1).map(({ Id }: any) => Id) });
    await onCall.call('xray', 'GetServiceGraph', span);
    await onCall.call('monitoring', 'ListMetrics', { Namespace: 'Stepwright' });
    await onCall.call('monitoring', 'DescribeAlarmHistory', {});
    const { DashboardEntries } = await onCall.call('monitoring', 'ListDashboards', {});
    const DashboardName = DashboardEntries[0]?.DashboardName ?? 'none';
    await onCall
      .call('monitoring', 'GetDashboard', { DashboardName })
      .catch(({ code }) => expect(code).not.toMatch(/AccessDenied/));
  });
});

const people = () => ({ operator, auditor, onCall });

describe.each(['operator', 'auditor', 'onCall'] as const)('the role of %s', (name) => {
  /** The role's documents, the actions that they allow, and what this file has made the role ask for. */
  function roleInForce() {
    const { roleArn } = people()[name].caller;
    const role = stacks.stacks.embedded.authorizer.roles().find((each) => each.roleArn === roleArn)!;
    const statements = role.identity.flatMap((document) => statementsOf(document));
    const actions = statements.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action }) => [Action].flat());
    const asked = record.requests.filter(
      ({ caller, isAllowed }) => isAllowed && caller.kind === 'role' && caller.roleArn === roleArn,
    );
    return { role, actions: [...new Set(actions)], asked };
  }

  it('is granted no action that this does not use', () => {
    const { actions, asked } = roleInForce();
    const used = new Set(asked.map(({ action }) => action));
    expect(actions.filter((action) => !used.has(action) && !(action in UNUSED))).toEqual([]);
  });

  it('needs each action that it is granted: without it something here is refused', () => {
    const { role, actions, asked } = roleInForce();
    const { accountId, region } = stacks.stacks.embedded;
    const unnoticed = actions.filter((action) => {
      const identity = role.identity.map((document) => ({
        ...document,
        Statement: statementsOf(document).flatMap((statement) => {
          const Action = [statement.Action].flat().filter((each) => each !== action);
          return Action.length > 0 ? [{ ...statement, Action }] : [];
        }),
      }));
      return !asked.some((request) => replay(request, { ...role, identity }, { accountId, region }));
    });
    expect(unnoticed.filter((action) => !(action in UNUSED))).toEqual([]);
  });
});

interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | string[];
}

function statementsOf(document: object): Statement[] {
  return [(document as { Statement: Statement | Statement[] }).Statement].flat();
}
