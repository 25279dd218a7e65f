import { DecisionRecord } from '../../../local/services/iam/decision-record';
import { replay } from '../../../local/services/iam/replay';
import { OpsStacks } from '../../support/ops-stacks';
import { Person } from '../../support/person';

const record = new DecisionRecord();
let stacks: OpsStacks;
let people: Record<Name, Person>;

beforeAll(async () => {
  stacks = await OpsStacks.start();
  stacks.stacks.embedded.authorizer.observeWith(record.add);
  people = {
    operator: await Person.as(stacks, 'OperatorRoleArn', 'olga'),
    auditor: await Person.as(stacks, 'AuditorRoleArn', 'axel'),
    onCall: await Person.as(stacks, 'OnCallRoleArn', 'ona'),
  };
}, 240_000);
afterAll(() => stacks?.stop());

const executionOf = (machineArn: string, name: string) =>
  `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;

type Name = 'operator' | 'auditor' | 'onCall';

/** What a refused call asks for: the service and action, and its input, which may name what exists only later. */
type Try = [service: string, action: string, input: () => object];

/** What nobody may: tokens and sealed histories, decisions, definitions, data, and what they are granted. */
const NOBODY: Try[] = [
  ['dynamodb', 'Scan', () => ({ TableName: stacks.approvals.ApprovalsTableName })],
  [
    'dynamodb',
    'GetItem',
    () => ({
      TableName: stacks.approvals.ApprovalsTableName,
      Key: { pk: { S: 'request#one' }, sk: { S: 'request' } },
    }),
  ],
  ['sqs', 'ReceiveMessage', () => ({ QueueUrl: stacks.approvals.ApprovalsDeadLetterQueueUrl })],
  ['sqs', 'ReceiveMessage', () => ({ QueueUrl: stacks.approvals.ApprovalsQueueUrl })],
  ['kms', 'Decrypt', () => ({ KeyId: stacks.approvals.ApprovalsKeyArn, CiphertextBlob: new Uint8Array([1]) })],
  ['states', 'GetExecutionHistory', () => ({ executionArn: sagaOf('fine-1') })],
  ['states', 'DescribeStateMachineForExecution', () => ({ executionArn: sagaOf('fine-1') })],
  ['states', 'StartExecution', () => ({ stateMachineArn: stacks.orders.OrdersMachineArn })],
  [
    'states',
    'UpdateStateMachine',
    () => ({ stateMachineArn: stacks.orders.ReconciliationMachineArn, definition: '{}' }),
  ],
  ['states', 'DeleteStateMachine', () => ({ stateMachineArn: stacks.orders.ReconciliationMachineArn })],
  ['dynamodb', 'DeleteItem', () => ({ TableName: stacks.orders.OrdersTableName, Key: { orderId: { S: 'fine-1' } } })],
  ['dynamodb', 'PutItem', () => ({ TableName: stacks.orders.OrdersTableName, Item: { orderId: { S: 'mine' } } })],
  ['dynamodb', 'DeleteItem', () => auditRow()],
  [
    's3',
    'DeleteObject',
    () => ({ Bucket: stacks.stacks.outputs.DocumentsBucketName, Key: 'documents/acme/single.md' }),
  ],
  ['sqs', 'PurgeQueue', () => ({ QueueUrl: stacks.orders.OrderDeadLetterQueueUrl })],
  ['secretsmanager', 'GetSecretValue', () => ({ SecretId: outputOf('WebhookSecretArn') })],
  ['logs', 'DeleteLogGroup', () => ({ logGroupName: stacks.orders.OperatorLogGroupName })],
  ['logs', 'PutRetentionPolicy', () => ({ logGroupName: stacks.orders.OperatorLogGroupName, retentionInDays: 1 })],
  ['events', 'PutEvents', () => eventOf('stepwright.orders', 'OrderConfirmed')],
  ['events', 'DeleteRule', () => ({ Name: 'any', EventBusName: stacks.orders.OrderBusName })],
  ['cloudformation', 'DeleteStack', () => ({ StackName: stackOf(stacks.orders) })],
  ['cloudformation', 'GetTemplate', () => ({ StackName: stackOf(stacks.orders) })],
  ['iam', 'GetRolePolicy', () => ({ RoleName: people.operator.caller.roleArn.split('/')[1], PolicyName: 'any' })],
  ['sts', 'AssumeRole', () => ({ RoleArn: outputOf('OperatorRoleArn'), RoleSessionName: 'more' })],
  ['monitoring', 'DeleteAlarms', () => ({ AlarmNames: [`${stackOf(stacks.orders)}-money-mismatched`] })],
  ['monitoring', 'PutAlarmMuteRule', () => muteRule(`${stackOf(stacks.orders)}-maintenance`, 'money-mismatched')],
  ['monitoring', 'PutAlarmMuteRule', () => muteRule('mine', 'oldest-order')],
];

const sagaOf = (orderId: string) => executionOf(stacks.orders.OrdersMachineArn!, orderId);
const outputOf = (name: string) => Object.values(stacks.stacks.deployed).find((outputs) => name in outputs)![name];
const stackOf = (outputs: object) => Object.entries(stacks.stacks.deployed).find(([, each]) => each === outputs)![0];
const auditRow = () => ({
  TableName: stacks.approvals.ApprovalAuditTableName,
  Key: { requestId: { S: 'one' }, seq: { N: '1' } },
});
const eventOf = (Source: string, DetailType: string) => ({
  Entries: [{ EventBusName: stacks.orders.OrderBusName, Source, DetailType, Detail: '{}' }],
});
const muteRule = (Name: string, id: string) => ({
  Name,
  Rule: { Schedule: { Expression: 'at(2030-01-01T00:00)', Duration: 'PT1M' } },
  MuteTargets: { AlarmNames: [`${stackOf(stacks.orders)}-${id}`] },
});

const stoppedExecution = () => ({ executionArn: executionOf(stacks.orders.ReconciliationMachineArn!, 'stopped-1') });
const deadLetter = () => ({ QueueUrl: stacks.orders.OrderDeadLetterQueueUrl });

/** What is another's part. */
const ONLY_OPERATORS: Try[] = [
  ['states', 'RedriveExecution', stoppedExecution],
  ['states', 'StopExecution', stoppedExecution],
  ['states', 'StartExecution', () => ({ stateMachineArn: stacks.orders.UndoAliasArn, name: 'mine', input: '{}' })],
  ['sqs', 'DeleteMessage', () => ({ ...deadLetter(), ReceiptHandle: 'any' })],
  ['sqs', 'SendMessage', () => ({ QueueUrl: stacks.orders.OrderQueueUrl, MessageBody: '{}' })],
  ['events', 'PutEvents', () => eventOf('stepwright.api', 'OrderPlaced')],
  [
    'states',
    'DeleteStateMachineVersion',
    () => ({ stateMachineVersionArn: `${stacks.orders.ReconciliationMachineArn}:1` }),
  ],
  [
    's3',
    'PutObject',
    () => ({ Bucket: stacks.stacks.outputs.DocumentsBucketName, Key: 'documents/acme/mine.md', Body: 'x' }),
  ],
];

/** What an auditor may not, since it changes something, or shows customers. */
const NOT_AUDITORS: Try[] = [
  ...ONLY_OPERATORS,
  ['sqs', 'ReceiveMessage', deadLetter],
  ['sqs', 'TagQueue', () => ({ QueueUrl: stacks.orders.OrderQueueUrl, Tags: { a: 'b' } })],
  [
    'logs',
    'PutLogEvents',
    () => ({ logGroupName: stacks.orders.OperatorLogGroupName, logStreamName: 'x', logEvents: [] }),
  ],
  ['dynamodb', 'GetItem', () => ({ TableName: stacks.orders.OrdersTableName, Key: { orderId: { S: 'fine-1' } } })],
  ['monitoring', 'PutAlarmMuteRule', () => muteRule(`${stackOf(stacks.orders)}-maintenance`, 'oldest-order')],
];

const NOT_OPERATORS: Try[] = [
  ['monitoring', 'PutAlarmMuteRule', () => muteRule(`${stackOf(stacks.orders)}-maintenance`, 'oldest-order')],
];

const REFUSED: [Name, Try[]][] = [
  ['operator', [...NOBODY, ...NOT_OPERATORS]],
  ['auditor', [...NOBODY, ...NOT_AUDITORS]],
  ['onCall', [...NOBODY, ...ONLY_OPERATORS]],
];

describe.each(REFUSED)('%s is refused', (name, tries) => {
  it.each(tries)('%s %s', async (service, action, input) => {
    const outcome = people[name].call(service, action, input());
    await expect(outcome).rejects.toMatchObject({
      code: expect.stringMatching(/^(Kms)?AccessDenied|NotAuthorized|^403/),
    });
  });

  it('to have anybody asked again, or somebody else', async () => {
    for (const args of [
      ['remind', 'one'],
      ['reassign', 'one', '--from', 'approver@example.com', '--to', 'me@example.com'],
    ]) {
      expect((await people[name].run('approvals', ...args)).output).toContain('answered 403');
    }
  });
});

it('is the roles that refuse, and not the resources: who may do everything is let in, but by the keys', () => {
  const { accountId, region, authorizer } = stacks.stacks.embedded;
  const everything = [{ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }];
  const refused = record.requests.filter(({ caller, isAllowed }) => caller.kind === 'role' && !isAllowed);
  const still = refused.filter((request) => {
    const { roleArn } = request.caller as Person['caller'];
    const role = authorizer.roles().find((each) => each.roleArn === roleArn)!;
    return replay(request, { ...role, identity: everything as never }, { accountId, region });
  });
  expect([...new Set(still.map(({ action }) => action))]).toEqual(['kms:Decrypt']);
  expect(refused.length).toBeGreaterThan(80);
});
