import { dev } from '../../lib/stages/dev';
import { production } from '../../lib/stages/production';
import { checkStageSettings } from '../../lib/stages/stage-settings';
import { common, consumes, on } from './grants';
import { stripeSecretArn } from './stripe-secret';
import { bellsOf, fanOutOfDev, fanOutOfProduction, grantsOf, idOf, resources } from './synthesized';

const the = (type: string, prefix: string, template = fanOutOfDev()) =>
  resources(template, type).find(([id]) => id === idOf(template, type, prefix))![1];
const arnOf = (type: string, prefix: string) => ({ 'Fn::GetAtt': [idOf(fanOutOfDev(), type, prefix), 'Arn'] });
const queue = (prefix: string) => arnOf('AWS::SQS::Queue', prefix);

const records = on('TablesDeliveriesTable', 'dynamodb:UpdateItem');
const ses = 'arn:Partition:ses:Region:AccountId';

describe('the fan-out stack', () => {
  it('gives the outputs that clients read', () => {
    expect(Object.keys(fanOutOfDev().toJSON().Outputs).sort()).toEqual([
      'AnalyticsTableName', 'BreakersTableName', 'CheckDeadLetterQueueUrl', 'CheckQueueUrl', 'DeliveriesTableName',
      'DeliveryAliasArn', 'DeliveryMachineArn', 'OperatorLogGroupName', 'ParkedQueueArn', 'ParkedQueueUrl', 'ReceivedWebhooksTableName', 'Region', 'ReplayQueueArn',
      'ReplayQueueUrl', 'Stage', 'WebhookFaultsTableName', 'WebhookSecretArn',
    ]); // biome-ignore format: one list
  });

  it.each(['Orders', 'Approvals'])('hands events of the bus of %s to the machine and to the check queue', (bus) => {
    const { EventPattern, Targets } = the('AWS::Events::Rule', `Intake${bus}`).Properties;
    expect(EventPattern).toEqual({
      source: ['stepwright.orders', 'stepwright.approvals'],
      detail: { eventId: [{ exists: true }] },
    });
    expect(Targets).toMatchObject([
      {
        Arn: { Ref: idOf(fanOutOfDev(), 'AWS::StepFunctions::StateMachineAlias', 'WorkflowDeliverEvent') },
        RoleArn: arnOf('AWS::IAM::Role', 'IntakeRole'),
        DeadLetterConfig: { Arn: queue('QueuesChecks') },
        RetryPolicy: { MaximumEventAgeInSeconds: 120, MaximumRetryAttempts: 185 },
        InputTransformer: {
          InputPathsMap: {
            'detail-eventId': '$.detail.eventId',
            'detail-type': '$.detail-type',
            source: '$.source',
            detail: '$.detail',
          },
          InputTemplate:
            '{"event":{"eventId":<detail-eventId>,"type":<detail-type>,"source":<source>,"detail":<detail>}}',
        },
      },
      { Arn: queue('QueuesChecks'), DeadLetterConfig: { Arn: queue('QueuesCheckDeadLetters') } },
    ]);
  });

  it('checks an event only once its run must have ended', () => {
    const { Targets } = the('AWS::Events::Rule', 'IntakeOrders').Properties;
    const machine = the('AWS::StepFunctions::StateMachine', 'WorkflowDeliverEvent').Properties;
    const definition = JSON.parse(machine.DefinitionString);
    expect(machine.StateMachineType).toBe('EXPRESS');
    expect(the('AWS::SQS::Queue', 'QueuesChecks').Properties.DelaySeconds).toBeGreaterThan(
      Targets[0].RetryPolicy.MaximumEventAgeInSeconds + definition.TimeoutSeconds,
    );
  });

  it('parks where SQS can move messages out of: in the dead-letter queue of the replays', () => {
    const { RedrivePolicy } = the('AWS::SQS::Queue', 'QueuesReplays').Properties;
    expect(RedrivePolicy).toEqual({ deadLetterTargetArn: queue('QueuesParked'), maxReceiveCount: 5 });
    expect(the('AWS::SQS::Queue', 'QueuesParked').Properties.MessageRetentionPeriod).toBe(1_209_600);
  });

  it('remembers deliveries longer than a parked message can wait', () => {
    expect(the('AWS::DynamoDB::GlobalTable', 'TablesDeliveries').Properties.TimeToLiveSpecification).toEqual({
      AttributeName: 'expiration',
      Enabled: true,
    });
    expect(() => checkStageSettings('x', { ...dev, fanOut: { ...dev.fanOut, keepDeliveriesDays: 14 } })).toThrow(
      'fanOut.keepDeliveriesDays',
    );
  });

  it('has a receiver of its own in dev, and none in production', () => {
    const callsOf = (template: typeof fanOutOfDev) =>
      the('AWS::Lambda::Function', 'WebhookCallWebhook', template()).Properties.Environment.Variables.WEBHOOK_URL;
    expect(JSON.stringify(callsOf(fanOutOfDev))).toContain('/webhook');
    expect(callsOf(fanOutOfProduction)).toBe('https://hooks.example.com/stepwright');
    expect(JSON.stringify(fanOutOfProduction().toJSON())).not.toMatch(/ReceiveWebhook|FaultsTable/);
  });

  it.each([
    [{ receiver: 'built-in' }, 'fanOut.webhook.receiver'],
    [{ receiver: 'url', url: 'http://hooks.example.com' }, 'fanOut.webhook.url'],
  ])('rejects the webhook %o in production', (webhook, path) => {
    const stage = production(stripeSecretArn);
    expect(() => checkStageSettings('x', { ...stage, fanOut: { ...stage.fanOut, webhook } })).toThrow(path);
  });

  it('rings when deliveries are parked, runs die, checks wait or the webhook is down', () => {
    // biome-ignore format: one list
    expect(bellsOf(fanOutOfDev())).toEqual([
      'CheckDeadLetters', 'DeliverEventDied', 'DeliveriesBurning', 'DeliveriesFailing', 'DeliveriesSlow', 'OldestCheck', 'OldestParked', 'ParkedDeliveries', 'SecretInLogs', 'TaskStorm', 'Throttled', 'WebhookBreakerOpen', 'ZombieStopped',
    ]);
  });
});

describe('the roles of the fan-out stack', () => {
  it.each([
    [
      'MailMailCustomerRole',
      [
        ...records,
        ...on('TablesOrdersTable of orders', 'dynamodb:GetItem'),
        ...on(`${ses}:identity/shop@example.com`, 'ses:SendEmail'),
        ...on(`${ses}:identity/example.com`, 'ses:SendEmail'),
        ...on(`${ses}:configuration-set/MailConfigurationSet`, 'ses:SendEmail'),
      ],
    ],
    [
      'WebhookCallWebhookRole',
      [
        ...records,
        ...on('TablesBreakersTable', 'dynamodb:GetItem', 'dynamodb:PutItem'),
        ...on('WebhookSecret', 'secretsmanager:GetSecretValue'),
      ],
    ],
    [
      'WebhookReceiverReceiveWebhookRole',
      [
        ...on('WebhookReceiverReceivedTable', 'dynamodb:UpdateItem'),
        ...on('WebhookReceiverFaultsTable', 'dynamodb:BatchGetItem', 'dynamodb:UpdateItem'),
        ...on('WebhookSecret', 'secretsmanager:GetSecretValue'),
      ],
    ],
    [
      'UpkeepCheckDeliveriesRole',
      [
        ...records,
        ...on('TablesDeliveriesTable', 'dynamodb:BatchGetItem'),
        ...on('TablesAnalyticsTable', 'dynamodb:BatchGetItem'),
        ...on('QueuesParked', 'sqs:SendMessage'),
        ...consumes('QueuesChecks'),
      ],
    ],
    [
      'UpkeepReplayDeliveriesRole',
      [
        ...records,
        ...on('QueuesChecks', 'sqs:SendMessage'),
        ...on('WorkflowDeliverEventStateMachine', 'states:StartExecution'),
        ...consumes('QueuesReplays'),
      ],
    ],
  ])('let %s do exactly what its function does', (role, grants) => {
    expect(grantsOf(fanOutOfDev(), role)).toEqual([...grants, ...common(role)].sort());
  });

  it('let the rules start the machine, and nothing else', () => {
    expect(grantsOf(fanOutOfDev(), 'IntakeRole')).toEqual(
      on('WorkflowDeliverEventStateMachine', 'states:StartExecution'),
    );
  });

  it('let the machine invoke its two functions, write analytics, and park', () => {
    const invokes = ['MailMailCustomerFunction', 'WebhookCallWebhookFunction'].map(
      (name) => `lambda:InvokeFunction ${name}:*`,
    );
    const grants = grantsOf(fanOutOfDev(), 'WorkflowDeliverEventStateMachineRole');
    expect(grants.filter((grant) => !/^(logs|xray):\w+ \*$/.test(grant))).toEqual(
      [
        ...invokes,
        ...on('TablesAnalyticsTable', 'dynamodb:PutItem'),
        ...records,
        ...on('QueuesParked', 'sqs:SendMessage'),
      ].sort(),
    );
  });
});
