import { common, consumes, on } from './grants';
import { approvalsOfDev, approvalsOfProduction, grantsOf, idOf, keyPolicyOf, resources } from './synthesized';

const requests = [
  ...on('TablesApprovalsTable', 'dynamodb:GetItem', 'dynamodb:PutItem'),
  ...on('TablesAuditTable', 'dynamodb:PutItem'),
];
const queueKey = on('KeysApprovalsKey', 'kms:Decrypt', 'kms:GenerateDataKey');
const machines = 'arn:Partition:states:Region:AccountId:stateMachine:*';
const ses = 'arn:Partition:ses:Region:AccountId';
const effects = [
  ...requests,
  ...on(machines, 'states:SendTaskSuccess', 'states:SendTaskFailure'),
  ...on(`${ses}:identity/approvals@example.com`, 'ses:SendEmail'),
  ...on(`${ses}:identity/example.com`, 'ses:SendEmail'),
  ...on(`${ses}:configuration-set/MailConfigurationSet`, 'ses:SendEmail'),
  ...on('EffectsWakeRole', 'iam:PassRole'),
  ...on(
    'arn:Partition:scheduler:Region:AccountId:schedule/approvals-Effects-Wakes-355FEE31/*',
    'scheduler:CreateSchedule',
  ),
];

const functions: [string, string[]][] = [
  [
    'IntakeOpenRequestsRole',
    [
      ...requests,
      ...consumes('IntakeApprovalsQueue'),
      ...on('IntakeApprovalsQueueDeadLetterQueue', 'sqs:SendMessage'),
      ...queueKey,
      ...on(machines, 'states:SendTaskFailure'),
    ],
  ],
  ['ApiApprovalPageRole', [...requests, ...on('TablesApprovalsTable', 'dynamodb:UpdateItem')]],
  ['ApiOperateApprovalsRole', [...requests, ...on('TablesApprovalsTable/index/by-status', 'dynamodb:Query')]],
  [
    'MailMailFeedbackRole',
    [...requests, ...consumes('MailFeedbackQueue'), ...on('MailFeedbackQueueDeadLetterQueue', 'sqs:SendMessage')],
  ],
  ['EffectsWakeRequestsRole', requests],
  [
    'EffectsCarryOutRole',
    [
      ...effects,
      ...on(
        'TablesApprovalsTable.StreamArn',
        'dynamodb:DescribeStream',
        'dynamodb:GetRecords',
        'dynamodb:GetShardIterator',
      ),
      ...on('TablesApprovalsTable/stream/*', 'dynamodb:ListStreams'),
      ...on('EffectsEffectDeadLetters', 'sqs:SendMessage'),
    ],
  ],
  [
    'EventsPublishApprovalEventsRole',
    [
      ...on('EventsBus', 'events:PutEvents'),
      ...on(
        'TablesApprovalsTable.StreamArn',
        'dynamodb:DescribeStream',
        'dynamodb:GetRecords',
        'dynamodb:GetShardIterator',
      ),
      ...on('TablesApprovalsTable/stream/*', 'dynamodb:ListStreams'),
      ...on('EventsDeadLetterQueue', 'sqs:SendMessage'),
    ],
  ],
  ['EffectsSweepApprovalsRole', [...effects, ...on('TablesApprovalsTable/index/due', 'dynamodb:Query')]],
];

/** The condition under which a role is granted an action. */
function conditionOf(rolePrefix: string, action: string): unknown {
  const role = idOf(approvalsOfDev(), 'AWS::IAM::Role', rolePrefix);
  const statements = resources(approvalsOfDev(), 'AWS::IAM::Policy')
    .filter(([, policy]) => policy.Properties.Roles.some((ref: any) => ref.Ref === role))
    .flatMap(([, policy]) => policy.Properties.PolicyDocument.Statement);
  return statements.find((statement: any) => [statement.Action].flat().includes(action))?.Condition;
}

const viaSqs = {
  StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['sqs.', { Ref: 'AWS::Region' }, '.amazonaws.com']] } },
};

describe('the roles of the approvals stack', () => {
  it.each(functions)('let %s do exactly what its function does', (role, grants) => {
    expect(grantsOf(approvalsOfDev(), role)).toEqual([...grants, ...common(role)].sort());
  });

  it.each([
    ['EffectsWakeRole', 'EffectsWakeRequestsFunction'],
    ['EffectsSweepRole', 'EffectsSweepApprovalsFunction'],
  ])('let the scheduler of this account, as %s, invoke one function and park', (role, target) => {
    expect(grantsOf(approvalsOfDev(), role)).toEqual([
      `lambda:InvokeFunction ${target}`,
      'sqs:SendMessage EffectsWakeDeadLetters',
    ]);
    const [, { Properties }] = resources(approvalsOfDev(), 'AWS::IAM::Role').find(([id]) => id.startsWith(role))!;
    expect(Properties.AssumeRolePolicyDocument.Statement).toEqual([
      {
        Action: 'sts:AssumeRole',
        Effect: 'Allow',
        Principal: { Service: 'scheduler.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      },
    ]);
  });

  it.each([
    ['IntakeOpenRequestsRole', 'kms:GenerateDataKey', viaSqs],
    ['ExampleExpenseStateMachineRole', 'kms:GenerateDataKey', viaSqs],
    ['EffectsCarryOutRole', 'iam:PassRole', { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } }],
    ['EffectsCarryOutRole', 'ses:SendEmail', { StringEquals: { 'ses:FromAddress': 'approvals@example.com' } }],
  ])('let %s do %s only under its condition', (role, action, condition) => {
    expect(conditionOf(role, action)).toEqual(condition);
  });

  it('let the expense machine ask, record and park', () => {
    const grants = grantsOf(approvalsOfDev(), 'ExampleExpenseStateMachineRole');
    expect(grants.filter((grant) => !/^(logs|xray):\w+ \*$/.test(grant))).toEqual(
      [
        ...queueKey,
        ...on('IntakeApprovalsQueue', 'sqs:SendMessage'),
        ...on('ExampleReviewQueue', 'sqs:SendMessage'),
        ...on('ExampleExpensesTable', 'dynamodb:PutItem'),
      ].sort(),
    );
  });

  it('let nobody change or delete a row of the audit table', () => {
    const grants = resources(approvalsOfProduction(), 'AWS::IAM::Role').flatMap(([id]) =>
      grantsOf(approvalsOfProduction(), id),
    );
    const onAudit = grants.filter((grant) => grant.endsWith(' TablesAuditTable'));
    expect(new Set(onAudit)).toEqual(new Set(['dynamodb:PutItem TablesAuditTable']));
  });

  it('grant nothing on * but tracing and log delivery', () => {
    const actions = resources(approvalsOfDev(), 'AWS::IAM::Policy')
      .flatMap(([, policy]) => policy.Properties.PolicyDocument.Statement)
      .filter((statement: any) => [statement.Resource].flat().includes('*'))
      .flatMap((statement: any) => statement.Action);
    expect(actions.length).toBeGreaterThan(10);
    expect(
      actions.filter((action: string) => !/^(xray:|logs:\w*(LogDeliver|ResourcePolic|LogGroups))/.test(action)),
    ).toEqual([]);
  });
});

describe('the keys of the approvals stack', () => {
  const root = 'arn:Partition:iam::AccountId:root';
  const withRequestId = { Null: { 'kms:EncryptionContext:requestId': 'false' } };
  const effectRoles = ['EffectsCarryOutRole', 'EffectsSweepApprovalsRole'];

  it('let the intake seal tokens, carrying out open them, and the account send and receive messages', () => {
    const { Administer: _, ...uses } = keyPolicyOf(approvalsOfDev(), 'KeysApprovalsKey');
    expect(uses).toEqual({
      SendAndReceiveMessages: {
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        by: [root],
        when: { StringEquals: { 'kms:ViaService': 'sqs.Region.amazonaws.com' } },
      },
      SealTokens: { actions: ['kms:Encrypt'], by: ['IntakeOpenRequestsRole'], when: withRequestId },
      OpenTokens: { actions: ['kms:Decrypt'], by: effectRoles, when: withRequestId },
    });
  });

  it('let only carrying out make links', () => {
    const { Administer: _, ...uses } = keyPolicyOf(approvalsOfDev(), 'KeysLinkKey');
    expect(uses).toEqual({ MakeLinks: { actions: ['kms:GenerateMac'], by: effectRoles } });
  });

  it.each(['KeysApprovalsKey', 'KeysLinkKey', 'ExampleWorkflowKey'])(
    'let the account administer %s, and neither use it nor hand out its use',
    (key) => {
      const { Administer } = keyPolicyOf(approvalsOfDev(), key);
      expect(Administer.by).toEqual([root]);
      const use = /^kms:(\*|Encrypt|Decrypt|ReEncrypt|Generate|Verify|Sign|Derive|Create(Grant|\*))/;
      expect(Administer.actions.filter((action: string) => use.test(action))).toEqual([]);
      expect(Administer.actions).toContain('kms:PutKeyPolicy');
    },
  );

  it('outlive the stack in production, and are deleted after 30 days at the earliest', () => {
    for (const [, key] of resources(approvalsOfProduction(), 'AWS::KMS::Key').filter(([id]) => id.startsWith('Keys'))) {
      expect(key).toMatchObject({ DeletionPolicy: 'Retain', Properties: { PendingWindowInDays: 30 } });
    }
  });
});
