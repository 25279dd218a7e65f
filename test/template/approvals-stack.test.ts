import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ApprovalGate } from '../../lib/constructs/approval-gate';
import { production } from '../../lib/stages/production';
import { stageTemplates } from './stage-templates';
import { stripeSecretArn } from './stripe-secret';
import { approvalsOfDev, approvalsOfProduction, bellsOf, grantsOf, idOf, resources } from './synthesized';

const environmentOf = (prefix: string) =>
  resources(approvalsOfDev(), 'AWS::Lambda::Function').find(([id]) => id.startsWith(prefix))![1].Properties.Environment
    .Variables;

describe('the approvals stack', () => {
  it('gives the outputs that clients and other stacks read', () => {
    const outputs = (template: Template) =>
      Object.keys(template.toJSON().Outputs).filter((name) => !name.startsWith('ExportsOutput'));
    const everywhere = [
      'ApprovalArchiveArn', 'ApprovalAuditTableName', 'ApprovalBusArn', 'ApprovalBusName', 'ApprovalEffectsDeadLetterQueueUrl', 'ApprovalEventsDeadLetterQueueUrl',
      'ApprovalFeedbackDeadLetterQueueUrl', 'ApprovalsApiUrl',
      'ApprovalsDeadLetterQueueUrl', 'ApprovalsKeyArn', 'ApprovalsQueueArn', 'ApprovalsQueueUrl', 'ApprovalsTableName',
      'ApprovalWakesDeadLetterQueueUrl', 'OperatorLogGroupName', 'Region', 'Stage',
    ]; // biome-ignore format: one list
    expect(outputs(approvalsOfProduction()).sort()).toEqual([...everywhere].sort());
    expect(outputs(approvalsOfDev()).sort()).toEqual(
      [...everywhere, 'ExpenseAliasArn', 'ExpenseMachineArn', 'ExpensesTableName', 'ExpenseReviewQueueUrl'].sort(),
    );
  });

  it('has no example in production', () => {
    approvalsOfProduction().resourceCountIs('AWS::StepFunctions::StateMachine', 0);
  });

  it('opens three routes to whoever holds a link, and no other', () => {
    const routes = resources(approvalsOfDev(), 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) => Properties);
    const of = (type: string) =>
      routes.filter(({ AuthorizationType }) => AuthorizationType === type).map(({ RouteKey }) => RouteKey);
    expect(of('NONE').sort()).toEqual(['GET /a/{link}', 'HEAD /a/{link}', 'POST /a/{link}']);
    expect(of('AWS_IAM').sort()).toEqual([
      'GET /approvals', 'GET /approvals/{requestId}', 'POST /approvals/{requestId}/reassign',
      'POST /approvals/{requestId}/remind', 'POST /approvals/{requestId}/revoke',
    ]); // biome-ignore format: one list
    expect(routes).toHaveLength(8);
  });

  it('throttles the page, and logs the route and never the path, in which the link stands', () => {
    const [[, { Properties }]] = resources(approvalsOfDev(), 'AWS::ApiGatewayV2::Stage') as [[string, any]];
    expect(Properties.DefaultRouteSettings).toMatchObject({ ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 });
    const { Format } = Properties.AccessLogSettings;
    expect(Format).toContain('$context.routeKey');
    expect(Format).not.toMatch(/\$context\.(path|requestPath|http|identity)/i);
  });

  it('keeps requests with a stream, expiry and two orders of keys, and audit rows apart', () => {
    approvalsOfDev().hasResourceProperties('AWS::DynamoDB::GlobalTable', {
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      TimeToLiveSpecification: { AttributeName: 'expiration', Enabled: true },
      GlobalSecondaryIndexes: ['due', 'by-status'].map((IndexName) =>
        Match.objectLike({ IndexName, Projection: { ProjectionType: 'KEYS_ONLY' } }),
      ),
    });
    approvalsOfDev().hasResourceProperties('AWS::DynamoDB::GlobalTable', {
      KeySchema: [
        { AttributeName: 'requestId', KeyType: 'HASH' },
        { AttributeName: 'seq', KeyType: 'RANGE' },
      ],
      TimeToLiveSpecification: Match.absent(),
    });
  });

  it('encrypts asks and their dead letters under its own key', () => {
    const key = { 'Fn::GetAtt': [idOf(approvalsOfDev(), 'AWS::KMS::Key', 'KeysApprovalsKey'), 'Arn'] };
    const asks = resources(approvalsOfDev(), 'AWS::SQS::Queue').filter(([id]) => id.startsWith('IntakeApprovalsQueue'));
    expect(asks.map(([, { Properties }]) => Properties.KmsMasterKeyId)).toEqual([key, key]);
  });

  it('carries out what the rows say is due, and parks what it cannot', () => {
    const [[, { Properties }]] = resources(approvalsOfDev(), 'AWS::Lambda::EventSourceMapping').filter(
      ([, mapping]) => mapping.Properties.StartingPosition,
    ) as [[string, any]];
    expect(JSON.parse(Properties.FilterCriteria.Filters[0].Pattern).dynamodb).toEqual({
      NewImage: { effectsDue: { S: ['yes'] } },
    });
    expect(Properties).toMatchObject({
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      DestinationConfig: { OnFailure: { Destination: expect.anything() } },
    });
  });

  it('sweeps every half hour', () => {
    approvalsOfDev().hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'rate(30 minutes)',
      FlexibleTimeWindow: { Mode: 'OFF' },
    });
  });

  it('sends mail over TLS only, tracks nobody, and hears of bounces and complaints', () => {
    approvalsOfDev().hasResourceProperties('AWS::SES::ConfigurationSet', {
      DeliveryOptions: { TlsPolicy: 'REQUIRE' },
      SuppressionOptions: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
      TrackingOptions: Match.absent(),
    });
    approvalsOfDev().hasResourceProperties('AWS::SES::ConfigurationSetEventDestination', {
      EventDestination: { Enabled: true, MatchingEventTypes: ['bounce', 'complaint'] },
    });
    const set = { Ref: idOf(approvalsOfDev(), 'AWS::SES::ConfigurationSet', 'MailConfigurationSet') };
    approvalsOfDev().hasResourceProperties('AWS::Events::Rule', {
      EventBusName: Match.absent(),
      EventPattern: {
        source: ['aws.ses'],
        'detail-type': ['Email Bounced', 'Email Complaint Received'],
        detail: { mail: { tags: { 'ses:configuration-set': [set] } } },
      },
    });
  });

  it('asks SES to verify the sender only where the stage says so', () => {
    approvalsOfDev().hasResourceProperties('AWS::SES::EmailIdentity', { EmailIdentity: 'approvals@example.com' });
    approvalsOfProduction().resourceCountIs('AWS::SES::EmailIdentity', 0);
  });

  it('gives each function what it asks the environment for', () => {
    const tables = ['APPROVALS_TABLE', 'AUDIT_TABLE'];
    const effects = [
      'TOKEN_KEY_ARN', 'LINK_KEY_ARN', 'PAGE_URL', 'SENDER_ADDRESS', 'CONFIGURATION_SET', 'SCHEDULE_GROUP',
      'WAKE_FUNCTION_ARN', 'SCHEDULE_ROLE_ARN', 'WAKE_DEAD_LETTER_QUEUE_ARN',
    ]; // biome-ignore format: one list
    const expected: [string, string[]][] = [
      ['IntakeOpenRequests', ['TOKEN_KEY_ARN', 'DEAD_LETTER_QUEUE_URL']],
      ['ApiApprovalPage', ['PAGE_ORIGIN']],
      ['ApiOperateApprovals', []],
      ['MailMailFeedback', ['DEAD_LETTER_QUEUE_URL']],
      ['EffectsWakeRequests', []],
      ['EffectsCarryOut', effects],
      ['EffectsSweepApprovals', effects],
    ];
    for (const [prefix, own] of expected) {
      const names = Object.keys(environmentOf(prefix)).filter((name) => !/^(STAGE|POWERTOOLS_)/.test(name));
      expect([prefix, names.sort()]).toEqual([prefix, [...tables, ...own].sort()]);
      expect(environmentOf(prefix).POWERTOOLS_SERVICE_NAME).toBe('approvals');
    }
  });

  it('raises an alarm for what is parked, late, failing or undelivered', () => {
    // biome-ignore format: one list
    expect(bellsOf(approvalsOfDev())).toEqual([
      'ApprovalCallbacksGone', 'ApprovalDeadLetters', 'ApprovalEffectsSwept', 'ApprovalEventDeadLetters', 'ApprovalUndeliverable', 'ApprovalsBurning', 'ApprovalsFailing', 'ApprovalsStuck', 'ApprovalsUnanswered', 'CarryOutFails', 'EffectDeadLetters', 'ExpenseReviews', 'FeedbackDeadLetters', 'OldestAsk', 'OldestParked', 'SchemaDrift', 'SecretInLogs', 'SweepFails', 'TaskStorm', 'Throttled', 'WakeDeadLetters', 'WakeRequestsFails',
    ]);
    approvalsOfDev().hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'Stepwright',
      MetricName: 'ApprovalUndeliverable',
      Dimensions: [{ Name: 'service', Value: 'approvals' }],
      TreatMissingData: 'notBreaching',
    });
  });

  it('makes an asking stage wait longer than its approvals', () => {
    const settings = production(stripeSecretArn);
    const changed = {
      ...settings,
      approvals: { ...settings.approvals, expiresInSeconds: 200_000, escalation: undefined },
    };
    const { orders } = stageTemplates(changed);
    const [[, { Properties }]] = resources(orders, 'AWS::StepFunctions::StateMachine').filter(([id]) =>
      id.startsWith('WorkflowsOrders'),
    ) as [[string, any]];
    expect(Properties.DefinitionSubstitutions).toMatchObject({
      ApprovalTerms:
        "{'approvers':['approver@example.com'],'expiresInSeconds':200000,'reminders':{'everySeconds':28800,'atMost':5}}",
      ApprovalTimeoutSeconds: '203600',
    });
  });
});

describe('ApprovalGate.fromAttributes', () => {
  it('lets a machine of another stack ask', () => {
    const stack = new Stack(new App({ context: { '@aws-cdk/aws-iam:minimizePolicies': true } }), 'asking');
    const gate = ApprovalGate.fromAttributes(stack, 'Gate', {
      queueArn: 'arn:aws:sqs:eu-west-1:111122223333:approvals',
      keyArn: 'arn:aws:kms:eu-west-1:111122223333:key/k',
    });
    gate.grantAsk(new Role(stack, 'Role', { assumedBy: new ServicePrincipal('states.amazonaws.com') }));
    expect(grantsOf(Template.fromStack(stack), 'Role')).toEqual([
      'kms:Decrypt arn:aws:kms:eu-west-1:111122223333:key/k',
      'kms:GenerateDataKey arn:aws:kms:eu-west-1:111122223333:key/k',
      'sqs:SendMessage arn:aws:sqs:eu-west-1:111122223333:approvals',
    ]);
    expect(stack.resolve(gate.queueUrl)['Fn::Join'][1].join('')).toMatch(
      /^https:\/\/sqs\.eu-west-1\..*\/111122223333\/approvals$/,
    );
  });
});
